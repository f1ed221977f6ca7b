import type { Readable } from 'node:stream';
import { fastify } from 'fastify';
import { errorCode } from '../../errors/error-code';
import { UserError } from '../../errors/user-error';
import type { Distribution } from '../distribution';
import type { Headers, Log } from './http-types';

export interface ServerOptions {
  readonly distribution: Distribution;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly log: Log;
  /**
   * Pages beside the distribution's, by path.
   *
   * @default - none
   */
  readonly pages?: ReadonlyMap<string, Page>;
  /**
   * @default - a viewer's request within 30 seconds, all else as Node has it
   */
  readonly timeouts?: ServerTimeouts;
}

/** What a page is asked. */
export interface PageRequest {
  readonly method: string;
  /** What follows the first `?`, without it. */
  readonly querystring: string;
  readonly headers: Headers;
  /** Not read yet. */
  readonly body: Readable;
}

export interface PageAnswer {
  /**
   * @default 200
   */
  readonly status?: number;
  readonly type: string;
  readonly headers?: Headers;
  readonly body: string | Buffer;
}

/** A page of the server's own. */
export type Page = (request: PageRequest) => Promise<PageAnswer>;

/** All in milliseconds. */
export interface ServerTimeouts {
  /** For the whole of a request. */
  readonly request?: number;
  /** For its headers. */
  readonly headers?: number;
  /** For the next request on a connection that is kept. */
  readonly keepAlive?: number;
  /** For a connection on which nothing moves, while a response is made or read. */
  readonly idle?: number;
}

/** The HTTP side of the edge. */
export interface Server {
  /** Ends in a slash. */
  readonly url: string;
  /** Listens no longer; what has begun is answered first, and cut off after this many milliseconds. */
  close(drainTime?: number): Promise<void>;
}

/** How long a viewer may take to send a request; CloudFront gives up after the same time. */
const REQUEST_TIMEOUT = 30_000;

/**
 * Listens for viewers. URLs are handed on as they came: escapes, dots and double slashes mean something to the
 * cache key and to S3, so no router must look at them.
 *
 * @throws UserError where the port is taken
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { distribution, host, port, log, pages, timeouts = {} } = options;
  const app = fastify({
    rewriteUrl: () => '/',
    requestTimeout: timeouts.request ?? REQUEST_TIMEOUT,
    ...(timeouts.keepAlive && { keepAliveTimeout: timeouts.keepAlive }),
    ...(timeouts.idle && { connectionTimeout: timeouts.idle }),
    ...(timeouts.headers && {
      // Node looks only every so often; a timeout is kept to a quarter of itself.
      http: { headersTimeout: timeouts.headers, connectionsCheckingInterval: timeouts.headers / 4 },
    }),
    forceCloseConnections: 'idle',
    // Who has a connection when the server ends is still answered on it.
    return503OnClosing: false,
    // What a proxy says about itself is the viewer's word, as it is at CloudFront.
    trustProxy: false,
  });
  // Answered before a body is read: the distribution allows no method with one, and a page reads its own.
  app.addHook('onRequest', async (request, reply) => {
    const [uri = '', ...rest] = request.originalUrl.split('?');
    try {
      const page = pages?.get(uri);
      if (page) {
        const answer = await page({
          method: request.method,
          querystring: rest.join('?'),
          headers: joined(request.headers),
          body: request.raw,
        });
        reply.code(answer.status ?? 200).type(answer.type);
        reply.headers({ 'cache-control': 'no-store', ...answer.headers });
        return await reply.send(answer.body);
      }
      const response = await distribution.handle({
        method: request.method,
        uri,
        querystring: rest.join('?'),
        headers: joined(request.headers),
        clientIp: request.ip,
      });
      reply.code(response.status).headers(response.headers);
      if (response.contentLength !== undefined) reply.header('content-length', response.contentLength);
      const bodiless = request.method === 'HEAD' || response.status === 304;
      await reply.send(bodiless ? undefined : response.body);
    } catch (error) {
      log(`${request.method} ${request.originalUrl}: ${error instanceof Error ? error.stack : error}`);
      await reply
        .code(500)
        .header('x-cache', 'Error from edgecrop')
        .type('text/plain')
        .send('Internal error');
    }
    return reply;
  });
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw listenError(error, host, port);
  }
  const address = app.server.address();
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${typeof address === 'object' && address ? address.port : port}/`,
    close: async (drainTime) => {
      const clock = drainTime && setTimeout(() => app.server.closeAllConnections(), drainTime);
      await app.close();
      clearTimeout(clock);
    },
  };
}

/** Says in a line why a port cannot be had. */
export function listenError(error: unknown, host: string, port: number): unknown {
  const code = errorCode(error);
  if (code === 'EADDRINUSE')
    return new UserError(`port ${port} is in use; choose another, as in: --port ${port + 1}`);
  if (code === 'EACCES') return new UserError(`port ${port} needs more rights; choose one above 1023`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new UserError(`${host} is not an address of this machine; try: --host 127.0.0.1`);
  }
  return error;
}

function joined(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
