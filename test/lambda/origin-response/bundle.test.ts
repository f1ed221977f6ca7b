import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { App, Stack } from 'aws-cdk-lib';
import type { CloudFrontResponseEvent, CloudFrontResultResponse } from 'aws-lambda';
import sharp from 'sharp';
import { compass } from '../../../conformance/objects/draw';
import { LOCAL_CREDENTIALS, type LocalS3, startLocalS3 } from '../../../edge/local/local-s3';
import { OriginResponseFunction } from '../../../lib/cropping/origin-response-function';
import { functionDir } from '../../support/assembly';
import { bodyOf, originResponseEvent, plainHeaders } from '../../support/events';
import { encodeHeic, HEIF_ENC } from '../../support/heic';
import { lambdaEnvironment } from '../../support/lambda/environment';
import { testWith } from '../../support/programs';
import { functionSettings } from '../../support/settings';

interface Invoked {
  readonly response: CloudFrontResultResponse;
  /** Shared libraries of sharp in the process. */
  readonly loaded: readonly string[];
  readonly log: readonly string[];
  readonly node: string;
}

const folder = mkdtempSync(join(tmpdir(), 'edgecrop-photos-'));
let s3: LocalS3;
beforeAll(async () => {
  s3 = await startLocalS3({ folders: new Map([['photos', folder]]) });
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true, force: true });
});

async function etagOf(key: string): Promise<string> {
  const credentials = LOCAL_CREDENTIALS;
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials,
  });
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket: 'photos', Key: key }));
  client.destroy();
  return ETag ?? '';
}

/** In a process of its own, from JSON to JSON, with the environment that Lambda sets. */
function invoke(node: string, event: CloudFrontResponseEvent, directory = functionDir()): Promise<Invoked> {
  const child = spawn(node, [join(__dirname, '../../support/invoke.mjs'), join(directory, 'index.mjs')], {
    env: lambdaEnvironment(s3.endpoint),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(event));
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(chunks).toString()));
      else reject(new Error(`exit status ${code}`));
    });
  });
}

async function rendersUnder(node: string): Promise<Invoked> {
  writeFileSync(join(folder, '여름 사진.jpg'), await compass(640, 480).jpeg().toBuffer());
  const etag = await etagOf('여름 사진.jpg');
  const invoked = await invoke(
    node,
    originResponseEvent({
      uri: '/%EC%97%AC%EB%A6%84%20%EC%82%AC%EC%A7%84.jpg',
      querystring: 't=A&w=320&h=200&format=webp',
      headers: { ETag: etag },
    }),
  );
  expect(plainHeaders(invoked.response)).toMatchObject({ 'content-type': 'image/webp', etag });
  expect(await sharp(bodyOf(invoked.response)).metadata()).toMatchObject({
    format: 'webp',
    width: 320,
    height: 200,
  });
  expect(invoked.loaded.length).toBeGreaterThan(0);
  expect(JSON.parse(invoked.log[0] ?? '')).toMatchObject({ outcome: 'rendered' });
  return invoked;
}

test('renders as Lambda would run it', async () => {
  await rendersUnder(process.execPath);
});

const node24 = process.versions.node.startsWith('24.') ? process.execPath : process.env.EDGECROP_NODE24;
testWith('Node 24 (EDGECROP_NODE24)', node24)("renders on the deployed function's Node 24", async () => {
  expect((await rendersUnder(node24 ?? 'node24')).node).toMatch(/^24\./);
});

test('loads neither sharp nor the AWS SDK for a request without a known t', async () => {
  const event = originResponseEvent({ querystring: 'w=320' });
  const { response, loaded } = await invoke(process.execPath, event);
  expect(response).toEqual(event.Records[0]?.cf.response);
  expect(loaded).toEqual([]);
});

describe('the folder that is deployed', () => {
  test('holds sharp for Lambda, whatever machine synthesised it', () => {
    expect(readdirSync(join(functionDir(), 'node_modules/@img')).sort()).toEqual([
      'colour',
      'sharp-libvips-linux-x64',
      'sharp-linux-x64',
    ]);
  });

  test('is no larger than 9.5 MB zipped', () => {
    const files = readdirSync(functionDir(), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const zipped = files.reduce((sum, { parentPath, name }) => {
      return sum + deflateRawSync(readFileSync(join(parentPath, name))).length;
    }, 0);
    expect(zipped).toBeGreaterThan(1_000_000);
    expect(zipped).toBeLessThan(9_500_000);
  });

  test("does not change with the project's other dependencies", () => {
    expect(existsSync(join(functionDir(), 'package-lock.json'))).toBe(false);
    expect(existsSync(join(functionDir(), 'node_modules/.package-lock.json'))).toBe(false);
    expect(readdirSync(functionDir()).sort()).toEqual(['index.mjs', 'node_modules', 'settings.json']);
    expect(readdirSync(join(functionDir(), 'node_modules')).sort()).toEqual([
      '@img',
      'detect-libc',
      'semver',
      'sharp',
    ]);
  });

  describe('with `heic: true`', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'edgecrop-heic-'));
    afterAll(() => rmSync(outdir, { recursive: true, force: true }));

    let made: string | undefined;
    const staged = () => {
      made ??= synthesised();
      return made;
    };

    function synthesised(): string {
      const app = new App({ outdir, builtinCloudFormationValidation: false });
      const stack = new Stack(app, 'Heic', { env: { region: 'us-east-1' } });
      new OriginResponseFunction(stack, 'Function', { settings: functionSettings({ heic: true }) });
      app.synth();
      const asset = readdirSync(outdir).find((name) => name.startsWith('asset.'));
      return join(outdir, asset ?? 'no asset');
    }

    test('holds the decoder as files of its own, with their licence', () => {
      expect(readdirSync(staged()).sort()).toEqual(['index.mjs', 'libheif', 'node_modules', 'settings.json']);
      expect(readdirSync(join(staged(), 'libheif')).sort()).toEqual([
        'LICENSE',
        'libheif.js',
        'libheif.wasm',
      ]);
    });

    testWith('heif-enc', HEIF_ENC)('crops a HEIC as Lambda would run it', async () => {
      writeFileSync(join(folder, 'phone.heic'), encodeHeic(await compass(320, 240).png().toBuffer()));
      const event = originResponseEvent({
        uri: '/phone.heic',
        querystring: 't=A&w=160',
        headers: { ETag: await etagOf('phone.heic') },
      });
      const { response } = await invoke(process.execPath, event, staged());
      expect(plainHeaders(response)).toMatchObject({ 'content-type': 'image/jpeg' });
      expect(await sharp(bodyOf(response)).metadata()).toMatchObject({ width: 160, height: 120 });
    });
  });
});
