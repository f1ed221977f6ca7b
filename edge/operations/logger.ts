import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

/** The user and password of any URL in a line. The limit on the scheme keeps the work linear in the line's length. */
const USER_INFO = /([a-z][a-z\d+.-]{0,30}:\/\/)[^\s/"]*@/gi;

/**
 * Creates a logger that writes one JSON object per line. Passwords in URLs are masked in the finished line, so
 * that errors of libraries and output of functions are covered too.
 */
export function createLogger(destination: Pick<DestinationStream, 'write'> = process.stdout): Logger {
  return pino(
    { timestamp: stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    { write: (line) => destination.write(line.replace(USER_INFO, '$1***@')) },
  );
}
