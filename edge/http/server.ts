import { type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { fromNodeHeaders } from './headers';
import type { RequestHandler } from './http-types';
import { toListenError } from './listen-error';
import type { Page, Pages } from './pages';

export interface ServerOptions {
  readonly handleRequest: RequestHandler;
  readonly host: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** Receives one line for every request that failed unexpectedly and was answered 500. */
  readonly onError: (line: string) => void;
  /**
   * @default - none
   */
  readonly pages?: Pages;
  /**
   * @default - 30 seconds for a request, otherwise Node's own
   */
  readonly timeouts?: ServerTimeouts;
}

/** In milliseconds. */
export interface ServerTimeouts {
  /** To receive a whole request. */
  readonly request?: number;
  /** To receive the headers of a request. */
  readonly headers?: number;
  /** Between two requests on a connection. */
  readonly keepAlive?: number;
  /** Without any traffic while a response is made or sent. */
  readonly idle?: number;
}

/** A listening HTTP server. */
export interface Server {
  /** Ends in a slash. */
  readonly url: string;
  /**
   * Stops listening and finishes the requests in flight.
   *
   * @param drainTime milliseconds after which open connections are cut; unlimited if absent
   */
  close(drainTime?: number): Promise<void>;
}

/** CloudFront closes a viewer's connection after 30 seconds as well. */
const REQUEST_TIMEOUT = 30_000;

/**
 * Starts the HTTP server. URLs are passed on as received, because escapes, dots and double slashes are
 * significant in the cache key and in S3 keys.
 *
 * @throws UserError if the port or the address cannot be used
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { handleRequest, host, port, onError, pages, timeouts = {} } = options;
  const app = fastify({
    // One route for everything: fastify's router would normalise the path.
    rewriteUrl: () => '/',
    requestTimeout: timeouts.request ?? REQUEST_TIMEOUT,
    ...(timeouts.keepAlive && { keepAliveTimeout: timeouts.keepAlive }),
    ...(timeouts.idle && { connectionTimeout: timeouts.idle }),
    ...(timeouts.headers && {
      // Node checks timeouts at intervals; a quarter keeps the error small.
      http: { headersTimeout: timeouts.headers, connectionsCheckingInterval: timeouts.headers / 4 },
    }),
    forceCloseConnections: 'idle',
    // Requests on connections that are open when the server closes are still answered.
    return503OnClosing: false,
    // `X-Forwarded-For` is the viewer's claim; CloudFront does not trust it either.
    trustProxy: false,
  });
  // In a hook, before fastify reads a body: the distribution accepts none, and pages read their own.
  app.addHook('onRequest', async (request, reply) => {
    const [uri = '', ...rest] = request.originalUrl.split('?');
    const querystring = rest.join('?');
    try {
      const page = pages?.get(uri);
      if (page) await sendPage(page, querystring, request, reply);
      else await sendResponse(handleRequest, uri, querystring, request, reply);
    } catch (error) {
      onError(`${request.method} ${request.originalUrl}: ${error instanceof Error ? error.stack : error}`);
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
    throw toListenError(error, host, port);
  }
  const address = app.server.address();
  const hostname = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${hostname}:${typeof address === 'object' && address ? address.port : port}/`,
    close: async (drainTime) => {
      const timer = drainTime && setTimeout(() => app.server.closeAllConnections(), drainTime);
      await app.close();
      clearTimeout(timer);
    },
  };
}

async function sendPage(page: Page, querystring: string, request: FastifyRequest, reply: FastifyReply) {
  const answer = await page({
    method: request.method,
    querystring,
    headers: fromNodeHeaders(request.headers),
    body: request.raw,
  });
  reply.code(answer.status ?? 200).type(answer.type);
  reply.headers({ 'cache-control': 'no-store', ...answer.headers });
  await reply.send(answer.body);
}

async function sendResponse(
  handleRequest: RequestHandler,
  uri: string,
  querystring: string,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const response = await handleRequest({
    method: request.method,
    uri,
    querystring,
    headers: fromNodeHeaders(request.headers),
    clientIp: request.ip,
  });
  reply.code(response.status).headers(response.headers);
  if (response.contentLength !== undefined) reply.header('content-length', response.contentLength);
  const hasNoBody = request.method === 'HEAD' || response.status === 304;
  await reply.send(hasNoBody ? undefined : response.body);
}
