import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { type DevEdge, type DevEdgeOptions, startDevEdge } from '../../edge/dev-edge';
import { startSelfHostedEdge } from '../../edge/self-hosted-edge';
import { ask, writeImages } from '../edge/dev-edge-fixture';
import { synthesiseApp } from '../support/cdk-app';
import { afterThisTest, temporaryFolder } from '../support/cleanup';

const SAMPLES = join(__dirname, '../../samples/images');
const sample = (name: string) => readFileSync(join(SAMPLES, name));

async function serveExample(
  name: string,
  files: Readonly<Record<string, Buffer>>,
  options: Partial<DevEdgeOptions> = {},
): Promise<DevEdge & { readonly assembly: string }> {
  const assembly = await temporaryFolder();
  await synthesiseApp({ output: assembly, folder: join(__dirname, '../../examples', name) });
  const images = await temporaryFolder();
  await writeImages(images, files);
  const edge = await startDevEdge({ assembly, images, concurrency: 1, ...options });
  afterThisTest(() => edge.close());
  return { ...edge, assembly };
}

const get = (edge: { readonly url: string }, path: string) =>
  ask(edge.url, path, { headers: { accept: 'image/webp' } });

async function sizeOf(body: Buffer): Promise<readonly unknown[]> {
  const { width, height, format } = await sharp(body).metadata();
  return [width, height, format];
}

// A synthesis bundles for real, which takes its time on a busy machine.
jest.setTimeout(180_000);

test('own-distribution: crops under its pattern, the website is somebody else’s', async () => {
  const edge = await serveExample('own-distribution', { 'photos/lake.jpg': sample('lake.jpg') });
  expect(await sizeOf((await get(edge, '/photos/lake.jpg?t=card')).body)).toEqual([320, 180, 'webp']);
  expect(await sizeOf((await get(edge, '/photos/lake.jpg?t=A&w=30&h=20&format=png')).body)).toEqual([
    30,
    20,
    'png',
  ]);
  expect((await get(edge, '/photos/lake.jpg')).body.equals(sample('lake.jpg'))).toBe(true);
  expect((await get(edge, '/photos/lake.jpg?t=card&w=x')).status).toBe(400);
  const page = await get(edge, '/index.html');
  expect([page.status, page.body.toString()]).toEqual([
    501,
    expect.stringMatching(
      /^Distribution\w+, behaviour \*: [^\n]+ a cache policy outside the template is not supported\n$/,
    ),
  ]);
});

test('several-buckets: one key of two buckets is two pictures, with types of their own', async () => {
  const avatars = await temporaryFolder();
  await writeImages(avatars, { 'avatars/a.jpg': sample('tower.jpg') });
  const edge = await serveExample(
    'several-buckets',
    { 'avatars/a.jpg': sample('lake.jpg'), 'approved/press/p.jpg': sample('skyline.jpg') },
    { imagesByPattern: new Map([['/avatars/*', avatars]]) },
  );
  expect((await get(edge, '/avatars/a.jpg')).body.equals(sample('tower.jpg'))).toBe(true);
  // CloudFront chooses the bucket by the slashes that are not escaped, S3 would read the escaped one as one of them.
  expect((await get(edge, '/avatars%2Fa.jpg')).status).toBe(400);
  expect((await get(edge, '/avatars/a.jpg')).body.equals(sample('tower.jpg'))).toBe(true);

  const crops = await Promise.all(
    ['/avatars/a.jpg?t=face', '/press/p.jpg?t=thumb'].map((path) => get(edge, path)),
  );
  expect(await Promise.all(crops.map(({ body }) => sizeOf(body)))).toEqual([
    [64, 64, 'webp'],
    [200, 200, 'webp'],
  ]);
  // A type of other paths is none here.
  expect((await get(edge, '/avatars/a.jpg?t=thumb')).body.equals(sample('tower.jpg'))).toBe(true);
  expect((await get(edge, '/press/p.jpg?t=face')).body.equals(sample('skyline.jpg'))).toBe(true);

  // Two functions, and the ARN of one.
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:render:1';
  const production = startSelfHostedEdge({
    ...{ assembly: edge.assembly, bucket: 'photos', host: '127.0.0.1', port: 0, function: arn },
    ...{ warn: () => {}, info: () => {}, functionLog: () => {} },
  });
  await expect(production).rejects.toThrow('--function renders with one function, and this assembly has 2');
});
