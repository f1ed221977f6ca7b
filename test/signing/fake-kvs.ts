import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import '@aws-sdk/signature-v4a';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterThisTest } from '../support/cleanup';

export const ARN = 'arn:aws:cloudfront::123456789012:key-value-store/85c22f3e-5cc6-4b6b-a6ce-1e23cc7d2a4f';

/** A KeyValueStore over HTTP, which the real client speaks to. */
export async function startFakeKvs(values: Record<string, string> = {}) {
  const store = new Map(Object.entries(values));
  let version = 1;
  const requests: { readonly method: string; readonly host: string; readonly authorization: string }[] = [];
  const server = createServer(async (request, response) => {
    const { host = '', authorization = '' } = request.headers;
    requests.push({ method: request.method ?? '', host, authorization });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    const failure = (status: number, type: string) =>
      answer(status, { Message: type }, { 'x-amzn-errortype': type });
    const [, , arn, , key] = (request.url ?? '').split('/').map(decodeURIComponent);
    if (`${arn}` !== ARN) return failure(404, 'ResourceNotFoundException');
    const totals = { ItemCount: store.size, TotalSizeInBytes: 0 };
    if (request.method === 'GET' && key === undefined) {
      return answer(200, { ...totals, KvsARN: ARN, Created: 1 }, { etag: `v${version}` });
    }
    if (request.method === 'GET') {
      const value = store.get(key ?? '');
      if (value === undefined) return failure(404, 'ResourceNotFoundException');
      return answer(200, { ...totals, Key: key, Value: value });
    }
    if (request.headers['if-match'] !== `v${version}`) return failure(409, 'ConflictException');
    const { Puts = [], Deletes = [] } = JSON.parse(Buffer.concat(chunks).toString());
    for (const { Key, Value } of Puts) store.set(Key, Value);
    for (const { Key } of Deletes) store.delete(Key);
    version++;
    return answer(200, totals, { etag: `v${version}` });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  const client = new CloudFrontKeyValueStoreClient({
    region: 'us-east-1',
    endpoint: `http://kvs.invalid:${port}`,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      // The client puts the account in front of the host, as AWS has it.
      httpAgent: new Agent({
        lookup: (_host, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
      }),
    }),
  });
  afterThisTest(() => client.destroy());
  return { client, store, requests, bump: () => version++ };
}
