import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { discardBody } from './body';
import { fromNodeHeaders } from './headers';
import type { RequestHandler, ViewerResponse } from './http-types';
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
  /** Without any traffic while a response is made. */
  readonly idle?: number;
  /** Without any progress while a body is sent. */
  readonly send?: number;
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
/** How often connections that have become idle are closed while the server ends, in milliseconds. */
const IDLE_CHECK = 50;

/**
 * Starts the HTTP server. URLs are passed on as received, because escapes, dots and double slashes are
 * significant in the cache key and in S3 keys.
 *
 * @throws UserError if the port or the address cannot be used
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { handleRequest, host, port, onError, pages, timeouts = {} } = options;
  let isClosing = false;
  const server = createServer({
    requestTimeout: timeouts.request ?? REQUEST_TIMEOUT,
    ...(timeouts.keepAlive && { keepAliveTimeout: timeouts.keepAlive }),
    ...(timeouts.headers && {
      headersTimeout: timeouts.headers,
      // Node checks timeouts at intervals; a quarter keeps the error small.
      connectionsCheckingInterval: timeouts.headers / 4,
    }),
  });
  if (timeouts.idle) server.setTimeout(timeouts.idle);

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    // A kept connection would hold up the end.
    if (isClosing) response.shouldKeepAlive = false;
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const uri = mark < 0 ? url : url.slice(0, mark);
    const querystring = mark < 0 ? '' : url.slice(mark + 1);
    try {
      const page = pages?.get(uri);
      if (page) return await sendPage(page, querystring, request, response);
      const answered = await handleRequest({
        method: request.method ?? 'GET',
        uri,
        querystring,
        headers: fromNodeHeaders(request.headers),
        // `X-Forwarded-For` is the viewer's claim; CloudFront does not trust it either.
        clientIp: request.socket.remoteAddress ?? '',
        hangUp: () => hangUpSignal(response),
      });
      await sendResponse(answered, request.method === 'HEAD', response, timeouts.send);
    } catch (error) {
      // The viewer has hung up, or S3 has broken off in the middle of a body: there is nobody to answer.
      if (response.destroyed || response.headersSent) return void response.destroy();
      onError(`${request.method} ${url}: ${error instanceof Error ? error.stack : error}`);
      response.writeHead(500, { 'x-cache': 'Error from edgecrop', 'content-type': 'text/plain' });
      response.end('Internal error');
    }
  };
  server.on('request', (request, response) => void answer(request, response));

  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw toListenError(error, host, port);
  }
  const address = server.address();
  const hostname = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${hostname}:${typeof address === 'object' && address ? address.port : port}/`,
    close: async (drainTime) => {
      isClosing = true;
      const closed = new Promise((resolve) => server.close(resolve));
      // A connection whose answer promised to keep it becomes idle after this.
      const idleCheck = setInterval(() => server.closeIdleConnections(), IDLE_CHECK);
      const timer = drainTime && setTimeout(() => server.closeAllConnections(), drainTime);
      await closed;
      clearInterval(idleCheck);
      clearTimeout(timer);
    },
  };
}

function hangUpSignal(response: ServerResponse): AbortSignal {
  const viewer = new AbortController();
  if (response.destroyed) viewer.abort();
  response.once('close', () => {
    if (!response.writableFinished) viewer.abort();
  });
  return viewer.signal;
}

async function sendPage(page: Page, querystring: string, request: IncomingMessage, response: ServerResponse) {
  const answer = await page({
    method: request.method ?? 'GET',
    querystring,
    headers: fromNodeHeaders(request.headers),
    body: request,
  });
  response.writeHead(answer.status ?? 200, {
    'content-type': answer.type,
    'cache-control': 'no-store',
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
  });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

/** Longer bodies may outlast a slow viewer's patience; shorter ones fit into the socket's buffer. */
const SHORT_BODY = 65_536;

async function sendResponse(
  { status, headers, body, contentLength }: ViewerResponse,
  isHead: boolean,
  response: ServerResponse,
  sendTimeout: number | undefined,
): Promise<void> {
  response.writeHead(
    status,
    contentLength === undefined ? headers : { ...headers, 'content-length': String(contentLength) },
  );
  if (isHead || status === 304 || response.destroyed) {
    discardBody(body);
    response.end();
    return;
  }
  if (Buffer.isBuffer(body)) {
    if (sendTimeout && body.length > SHORT_BODY) response.setTimeout(sendTimeout);
    response.end(body);
    return;
  }
  if (sendTimeout) response.setTimeout(sendTimeout);
  await pipeline(body, response);
}
