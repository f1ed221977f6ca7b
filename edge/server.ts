import { fastify } from 'fastify';
import type { Distribution } from './distribution';
import { errorCode } from './error-code';
import type { Headers, Log } from './message';
import { UserError } from './user-error';

export interface ServerOptions {
  readonly distribution: Distribution;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly log: Log;
}

/** The HTTP side of the edge. */
export interface Server {
  /** Ends in a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** How long a viewer may take to send a request; CloudFront gives up after the same time. */
const REQUEST_TIMEOUT = 30_000;

/**
 * Listens for viewers. URLs are handed on as they came: escapes, dots and double slashes mean something to the
 * cache key and to S3, so no router must look at them.
 *
 * @throws UserError where the port is taken
 */
export async function startServer({ distribution, host, port, log }: ServerOptions): Promise<Server> {
  const app = fastify({
    rewriteUrl: () => '/',
    requestTimeout: REQUEST_TIMEOUT,
    forceCloseConnections: 'idle',
    // What a proxy says about itself is the viewer's word, as it is at CloudFront.
    trustProxy: false,
  });
  // Answered before a body is read: no method with a body is allowed.
  app.addHook('onRequest', async (request, reply) => {
    const [uri = '', ...rest] = request.originalUrl.split('?');
    try {
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
    close: () => app.close(),
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
