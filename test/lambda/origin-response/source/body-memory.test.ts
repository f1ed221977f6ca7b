import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import sharp from 'sharp';
import { createHandler } from '../../../../lambda/origin-response/handler';
import { createSharpRenderer } from '../../../../lambda/origin-response/render/render';
import { createBodyMemory, detach } from '../../../../lambda/origin-response/source/body-memory';
import { createS3Fetch } from '../../../../lambda/origin-response/source/fetch';
import { bodyOf, originResponseEvent } from '../../../support/events';
import { distance, pixelAt } from '../../../support/pictures';
import { functionSettings } from '../../../support/settings';

const MEGABYTE = 1024 * 1024;

test('what is given back is lent again, also for a larger or smaller body', () => {
  const memory = createBodyMemory();
  const first = memory.acquire(MEGABYTE + 1);
  expect(first).toHaveLength(2 * MEGABYTE);
  memory.release(first.subarray(0, 10));
  expect(memory.acquire(2 * MEGABYTE).buffer).toBe(first.buffer);
});

test('two at once have memory of their own, and so has a body that is larger', () => {
  const memory = createBodyMemory();
  const first = memory.acquire(10);
  expect(memory.acquire(10).buffer).not.toBe(first.buffer);
  memory.release(first);
  expect(memory.acquire(2 * MEGABYTE)).toHaveLength(2 * MEGABYTE);
  expect(memory.acquire(10).buffer).toBe(first.buffer);
});

test('more than 8 MB is not kept', () => {
  const memory = createBodyMemory();
  const large = memory.acquire(8 * MEGABYTE + 1);
  memory.release(large);
  expect(memory.acquire(10).buffer).not.toBe(large.buffer);
});

test('a chunk gives its memory back, one that shares it does not, and an older Node leaves it to V8', () => {
  const given: number[] = [];
  const owned = () => Object.assign(new ArrayBuffer(8), { transfer: (length: number) => given.push(length) });
  detach(new Uint8Array(owned()));
  expect(given).toEqual([0]);
  detach(new Uint8Array(owned(), 4));
  detach(new Uint8Array(owned(), 0, 4));
  expect(given).toEqual([0]);
  const left = Object.assign(new ArrayBuffer(8), { transfer: undefined });
  detach(new Uint8Array(left));
  expect(left.byteLength).toBe(8);
});

test('requests one after the other and at once each get their own picture', async () => {
  const colours = [0, 60, 120, 180, 240].map((red) => [red, 255 - red, 128]);
  const pictures = await Promise.all(
    colours.map(([r = 0, g = 0, b = 0]) =>
      sharp({ create: { width: 600, height: 400, channels: 3, background: { r, g, b } } })
        .png({ compressionLevel: 0 })
        .toBuffer(),
    ),
  );
  const s3 = mockClient(S3Client);
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => {
    const bytes = pictures[Number(Key.slice(0, 1))] as Buffer;
    const chunks = [bytes.subarray(0, 100_000), bytes.subarray(100_000)];
    return { Body: chunksLater(chunks), ContentLength: bytes.length };
  });
  const handler = createHandler({
    settings: functionSettings(),
    fetch: createS3Fetch(),
    renderer: createSharpRenderer(),
    log: () => {},
  });
  const crop = async (index: number) => {
    const event = originResponseEvent({ uri: `/${index}.png`, querystring: 't=A&w=30&format=png' });
    const response = await handler(event, { getRemainingTimeInMillis: () => 30_000 });
    return distance(await pixelAt(bodyOf(response), 15, 10), colours[index] as number[]);
  };
  expect([await crop(0), await crop(1)]).toEqual([0, 0]);
  expect(await Promise.all([0, 1, 2, 3, 4, 0, 1].map(crop))).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

async function* chunksLater(chunks: readonly Buffer[]) {
  for (const chunk of chunks) {
    await new Promise(setImmediate);
    yield chunk;
  }
}
