import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

/** User and password of a URL, wherever one stands in a line. */
const USER_INFO = /([a-z][a-z\d+.-]*:\/\/)[^\s/"]*@/gi;

/**
 * JSON logs, one object a line. Passwords in URLs are masked in the line as it is written, whichever way they
 * got there: a message of ours, an error of a library, something that a function printed.
 */
export function createLogger(destination: Pick<DestinationStream, 'write'> = process.stdout): Logger {
  return pino(
    { timestamp: stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    { write: (line) => destination.write(line.replace(USER_INFO, '$1***@')) },
  );
}
