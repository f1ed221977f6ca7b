import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { type FastifyReply, fastify } from 'fastify';
import { fromNodeHeaders } from '../http/headers';
import { overriddenHeaders } from '../origin/response-overrides';
import { objectKey } from '../origin/s3-origin';
import { createFolderStore, type FolderStoreOptions } from './folder-store';
import { readObject } from './s3-read';

/** An S3 endpoint on this machine, over folders. */
export interface LocalS3 {
  /** For `AWS_ENDPOINT_URL_S3`, without a trailing slash. Buckets are addressed path-style. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** The SDK needs credentials to sign with; the local S3 does not verify signatures. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'LOCAL', secretAccessKey: 'LOCAL' } as const;

/** Files are read in chunks of this many bytes. */
const CHUNK_BYTES = 1 << 20;

/**
 * Starts an S3 endpoint on a free port of this machine. It answers GET and HEAD of objects; it cannot list,
 * write or authorise.
 */
export async function startLocalS3(options: FolderStoreOptions): Promise<LocalS3> {
  const store = createFolderStore(options);
  // One route for everything: fastify's router would normalise the path.
  const app = fastify({ rewriteUrl: () => '/', forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    const isHead = request.method === 'HEAD';
    if (!isHead && request.method !== 'GET') {
      return sendError(reply, 405, 'MethodNotAllowed', 'The specified method is not allowed.');
    }
    const [uri = '', querystring = ''] = request.originalUrl.split('?');
    const path = objectKey('', uri);
    if (path === undefined) return sendError(reply, 400, 'InvalidURI', "Couldn't parse the specified URI.");
    const slash = path.indexOf('/');
    const bucket = slash < 0 ? path : path.slice(0, slash);
    const key = slash < 0 ? '' : path.slice(slash + 1);
    if (!store.hasBucket(bucket)) {
      return sendError(reply, 404, 'NoSuchBucket', 'The specified bucket does not exist');
    }
    if (key === '') return sendError(reply, 403, 'AccessDenied', 'Access Denied');

    const object = await store.find(bucket, key);
    if (!object) return sendError(reply, 404, 'NoSuchKey', 'The specified key does not exist.');
    const { status, headers, bytes, error } = readObject(fromNodeHeaders(request.headers), object);
    reply.headers(error ? headers : { ...headers, ...overriddenHeaders(querystring) });
    if (error) return sendError(reply, status, error.code, error.message);
    const body =
      isHead || !bytes
        ? Readable.from([])
        : createReadStream(object.path, { ...bytes, highWaterMark: CHUNK_BYTES });
    return reply.code(status).send(body);
  });
  const endpoint = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    endpoint,
    close: async () => {
      await app.close();
    },
  };
}

function sendError(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return reply
    .code(status)
    .type('application/xml')
    .send(reply.request.method === 'HEAD' ? undefined : xml);
}
