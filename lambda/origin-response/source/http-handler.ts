import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from '@smithy/types';

/** What `client.send` takes beside the command. */
export interface SendOptions extends HttpHandlerOptions {
  /** Called when the request has been sent. */
  readonly onSent?: (() => void) | undefined;
}

interface HttpHandler extends RequestHandler<HttpRequest, HttpResponse, SendOptions> {
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): object;
}

/** To the server, in milliseconds. */
const CONNECTION_TIMEOUT = 2_000;

/** A body comes in chunks of the socket's buffer size; many small chunks cost more than the S3 call. */
const SOCKETS = { keepAlive: true, highWaterMark: 1_048_576 };

/**
 * Creates the SDK's connection to Node's HTTP client, for requests without a body. The SDK's own takes a quarter of the
 * CPU time of a GetObject, and does not tell when a request has been sent.
 */
export function createHttpHandler(): HttpHandler {
  const httpAgent = new HttpAgent(SOCKETS);
  const httpsAgent = new HttpsAgent(SOCKETS);
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    // It has no settings that the SDK could change.
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
    handle: (asked, { abortSignal, onSent } = {}) =>
      new Promise((resolve, reject) => {
        const isPlain = asked.protocol === 'http:';
        const request = (isPlain ? httpRequest : httpsRequest)({
          // An IPv6 address in a URL has brackets, a host does not.
          host: asked.hostname.replace(/^\[|\]$/g, ''),
          port: asked.port,
          method: asked.method,
          path: asked.path + queryOf(asked),
          headers: asked.headers,
          agent: isPlain ? httpAgent : httpsAgent,
          ...(abortSignal && { signal: abortSignal as AbortSignal }),
        });
        request.once('response', (message) => {
          resolve({
            response: {
              statusCode: message.statusCode ?? 0,
              // Lists are for cookies alone, which S3 does not send.
              headers: message.headers as Record<string, string>,
              body: message,
            },
          });
        });
        request.on('error', reject);
        limitConnecting(request);
        if (onSent) request.once('finish', onSent);
        request.end();
      }),
  };
}

function limitConnecting(request: ClientRequest): void {
  request.once('socket', (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => {
      request.destroy(new Error(`no connection within ${CONNECTION_TIMEOUT} ms`));
    }, CONNECTION_TIMEOUT);
    const stop = () => clearTimeout(timer);
    socket.once('connect', stop);
    request.once('close', stop);
  });
}

function queryOf({ query = {} }: HttpRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
