import * as http from 'node:http';
import * as https from 'node:https';

/** What a viewer receives, read to the end. */
export interface Answer {
  readonly status: number;
  /** Under lower-case names; several fields of one name are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface AskOptions {
  /**
   * @default GET
   */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a path exactly as it is written: `fetch` would resolve dots and escape what must go out raw. */
export type Ask = (path: string, options?: AskOptions) => Promise<Answer>;

export interface Client {
  readonly ask: Ask;
  close(): void;
}

/** Longer than Lambda@Edge may take. */
const TIMEOUT = 40_000;

/**
 * A viewer with one connection: each of CloudFront's machines that another connection might reach could be a
 * cache of its own.
 */
export function createClient(base: URL): Client {
  const secure = base.protocol === 'https:';
  const options = { keepAlive: true, maxSockets: 1 };
  const agent = secure ? new https.Agent(options) : new http.Agent(options);
  const request = secure ? https.request : http.request;

  const once: Ask = (path, { method = 'GET', headers = {} } = {}) =>
    new Promise((resolve, reject) => {
      const sent = request(
        // `hostname` of an IPv6 URL has brackets that a connection does not want.
        { agent, hostname: base.hostname.replace(/^\[|\]$/g, ''), port: base.port, path, method, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: joined(response.headers),
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      sent.setTimeout(TIMEOUT, () => sent.destroy(new Error(`no answer within ${TIMEOUT / 1000} s`)));
      sent.on('error', (error) => reject(sent.reusedSocket && isReset(error) ? new Stale() : error));
      sent.end();
    });
  const ask: Ask = async (path, options) => {
    try {
      return await once(path, options);
    } catch (error) {
      if (error instanceof Stale) return once(path, options);
      throw error;
    }
  };
  return { ask, close: () => agent.destroy() };
}

/** The server closed a connection that it had kept open, before the request came or over the one before it. */
class Stale extends Error {}

function isReset(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNRESET' || error.code === 'EPIPE';
}

function joined(headers: http.IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

/** The first word of `X-Cache`: `Hit` of `Hit from cloudfront`; undefined where there is no such header. */
export function cacheResult({ headers }: Answer): string | undefined {
  return headers['x-cache']?.split(' from ')[0];
}
