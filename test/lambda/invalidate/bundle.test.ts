import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compass } from '../../../conformance/objects/draw';
import { startDevEdge } from '../../../edge/dev-edge';
import { signUrl } from '../../../signing/sign';
import { FULLEST } from '../../lib/operations/operated';
import { synthesiseApp } from '../../support/cdk-app';
import { afterThisTest, temporaryFolder } from '../../support/cleanup';

const synthesiseFullest = (output: string) => synthesiseApp({ output, configuration: FULLEST });

const template = (folder: string) => readFileSync(join(folder, 'Edgecrop.template.json'), 'utf8');

const assembly = mkdtempSync(join(tmpdir(), 'edgecrop-fullest-'));
beforeAll(() => synthesiseFullest(assembly), 120_000);
afterAll(() => rmSync(assembly, { recursive: true, force: true }));

test('the fullest stack deployed again changes nothing', async () => {
  const again = await temporaryFolder();
  await synthesiseFullest(again);
  expect(template(again)).toBe(template(assembly));
}, 120_000);

test('the edge serves all of it, to who has signed', async () => {
  const images = await temporaryFolder();
  const picture = await compass(640, 480).jpeg().toBuffer();
  for (const folder of ['media', 'avatars']) {
    mkdirSync(join(images, folder));
    writeFileSync(join(images, folder, 'cat.jpg'), picture);
  }
  const complaints: string[] = [];
  const edge = await startDevEdge({
    assembly,
    images,
    port: 0,
    host: '127.0.0.1',
    log: (line) => complaints.push(line),
  });
  afterThisTest(() => edge.close());
  const ask = async (path: string) => {
    const unsigned = `${edge.url}${path}`;
    expect((await fetch(unsigned)).status).toBe(403);
    const { status, headers } = await fetch(signUrl(unsigned, edge.signingKeys?.current ?? 'no key'));
    return [status, headers.get('content-type'), headers.get('crop-status')?.replace(/;bytes.*/, '')];
  };
  expect(await ask('cat.jpg?t=A&w=64&h=48&format=webp')).toEqual([200, 'image/webp', 'rendered;size=64x48']);
  expect(await ask('cat.jpg?t=thumb')).toEqual([200, 'image/jpeg', 'rendered;size=200x200']);
  expect(await ask('cat.jpg?t=thumb&w=9')).toEqual([400, 'text/plain; charset=utf-8', undefined]);
  expect(await ask('avatars/cat.jpg?t=face')).toEqual([200, 'image/jpeg', 'rendered;size=96x96']);
  // Neither an original nor another path's type.
  expect(await ask('cat.jpg')).toEqual([403, 'text/plain; charset=utf-8', undefined]);
  expect(await ask('cat.jpg?t=face')).toEqual([403, 'text/plain; charset=utf-8', undefined]);
  expect(complaints).toEqual([]);
});

/** The folder of the function that purges. */
function invalidateFolder(): string {
  const { Resources } = JSON.parse(template(assembly)) as {
    Resources: Record<string, { Properties: { Description?: string }; Metadata: Record<string, string> }>;
  };
  const found = Object.values(Resources).find(({ Properties }) =>
    Properties?.Description?.includes('purges'),
  );
  return join(assembly, found?.Metadata['aws:asset:path'] ?? 'missing');
}

/** The bundle in a process of its own, with what Lambda sets and CloudFront on this machine. */
function invoke(
  endpoint: string,
  event: object,
): Promise<{ readonly response: unknown; readonly log: readonly string[] }> {
  const child = spawn(
    process.execPath,
    [join(__dirname, '../../support/invoke.mjs'), join(invalidateFolder(), 'index.mjs')],
    {
      env: {
        AWS_ACCESS_KEY_ID: 'id',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL_CLOUDFRONT: endpoint,
        DISTRIBUTION_ID: 'E123',
        NODE_NO_WARNINGS: '1',
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  child.stdin.end(JSON.stringify(event));
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(Buffer.concat(chunks).toString())) : reject(new Error(`exit ${code}`)),
    );
  });
}

/** CloudFront's API, answering everything alike. */
async function listen(status: number, answer: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(() => new Promise((resolve) => server.close(resolve)));
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const EVENT = {
  Records: [
    { messageId: '1', body: JSON.stringify({ Records: [{ s3: { object: { key: 'two+words%26.jpg' } } }] }) },
  ],
};

describe('the function that purges, as it deploys', () => {
  test('asks CloudFront in its own words', async () => {
    const created =
      '<Invalidation><Id>I1</Id><Status>InProgress</Status><CreateTime>2026-11-22T00:00:00Z</CreateTime></Invalidation>';
    const { asked, url } = await listen(201, created);
    const { response, log } = await invoke(url, EVENT);
    expect(response).toEqual({ batchItemFailures: [] });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^POST \/2020-05-31\/distribution\/E123\/invalidation <\?xml/);
    expect(asked[0]).toContain(
      '<Paths><Quantity>2</Quantity><Items><Path>/two%20words%26.jpg*</Path><Path>/two%20words&amp;.jpg*</Path></Items></Paths>',
    );
    expect(log.join('')).toContain('"invalidated"');
  });

  test('gives back what CloudFront refuses', async () => {
    const refused =
      '<ErrorResponse><Error><Type>Sender</Type><Code>TooManyInvalidationsInProgress</Code><Message>15</Message></Error></ErrorResponse>';
    const { url } = await listen(400, refused);
    const { response, log } = await invoke(url, EVENT);
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(log.join('')).toContain('TooManyInvalidationsInProgress');
  });
});
