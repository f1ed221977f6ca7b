import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCroppingOptions } from '../../../lib/configuration/cropping-options';
import type { CroppingOptions, TypeOptions } from '../../../lib/configuration/options';
import { agreementId, versionsOf } from '../../../lib/cropping/versions';
import { viewerRequestScript } from '../../../lib/cropping/viewer-request-function';
import { temporaryFolder } from '../../support/cleanup';
import { functionSettings } from '../../support/settings';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10"/>';
let file: string;
beforeEach(async () => {
  file = join(await temporaryFolder(), 'logo');
  writeFileSync(file, SVG);
});

const options = (type: TypeOptions = {}, others: CroppingOptions = {}): CroppingOptions => ({
  originals: 'deny',
  ...others,
  types: { A: { w: 64, locked: true }, shop: { w: 800, watermark: { file }, ...type }, ...others.types },
});

test('is read at synth, and locks its type', () => {
  expect(readCroppingOptions(options()).types.shop).toEqual({
    w: 800,
    quality: 75,
    watermark: {
      data: Buffer.from(SVG).toString('base64'),
      ...{ width: 30, height: 10, position: 'southeast', size: 0.2, margin: 0.03, opacity: 0.5 },
    },
    locked: expect.arrayContaining(['w', 'h', 'format', 'quality', 'fit', 'position', 'dpr']),
  });
});

test.each([
  ['<svg viewBox="0 0 40 20">', { width: 40, height: 20 }],
  ['<?xml version="1.0"?>\n<svg\n viewBox="0,0,40,20" width="50%">', { width: 40, height: 20 }],
  ['<svg width="8px" height="4px">', { width: 8, height: 4 }],
])('%j has a ratio', (text, size) => {
  writeFileSync(file, `${text}</svg>`);
  expect(readCroppingOptions(options()).types.shop?.watermark).toMatchObject(size);
});

const UNSAFE =
  'an SVG whose text is paths (Lambda has no fonts), without scripts, images and references to outside';

test.each([
  ['GIF89a', 'a PNG, or an SVG with a viewBox or width and height'],
  ['<svg></svg>', 'a PNG, or an SVG with a viewBox or width and height'],
  [`<svg width="1" height="1"><text>a</text></svg>`, UNSAFE],
  [`<svg width="1" height="1"><script/></svg>`, UNSAFE],
  [`<svg width="1" height="1"><use href="https://a/b.svg#c"/></svg>`, UNSAFE],
  [`<svg width="1" height="1"><path fill="url(file:///etc/passwd)"/></svg>`, UNSAFE],
  ['x'.repeat(200_001), 'a file of at most 200000 bytes; this one has 200001'],
])('%.60s is refused', (contents, allowed) => {
  writeFileSync(file, contents);
  expect(() => readCroppingOptions(options(), 'edgecrop')).toThrow(
    new Error(`edgecrop.types.shop.watermark.file: got ${JSON.stringify(file)}, allowed: ${allowed}`),
  );
});

test.each<[string, () => CroppingOptions, string]>([
  [
    'originals that come without it',
    () => options({}, { originals: 'allow' }),
    'edgecrop.originals: got "allow", allowed: "deny", because type shop has a watermark',
  ],
  [
    'an A that comes without it',
    () => options({}, { types: { A: { w: 64 } } }),
    'edgecrop.types.A: got {"w":64}, allowed: locked values or a watermark, because every URL may say t=A, and type shop has a watermark',
  ],
  [
    'a lock on some parameters',
    () => options({ locked: ['w'] }),
    'edgecrop.types.shop.locked: got ["w","dpr"], allowed: true, or nothing, as it has a watermark',
  ],
  [
    'a place that only a picture decides',
    () => options({ watermark: { file, position: 'attention' } }),
    'edgecrop.types.shop.watermark.position: got "attention", allowed: a side, a corner, centre, or a point x,y with numbers from 0 to 1',
  ],
  [
    'a file that is not there',
    () => options({ watermark: { file: 'no-such-file.png' } }),
    'edgecrop.types.shop.watermark.file: got "no-such-file.png", allowed: the path of a file that can be read',
  ],
])('refused: %s', (_name, given, message) => {
  expect(() => readCroppingOptions(given(), 'edgecrop')).toThrow(new Error(message));
});

test('a signed deployment decides itself who sees A', () => {
  const { types } = readCroppingOptions(options({}, { signing: true, types: { A: {} } }));
  expect(types.A).toEqual({});
});

test('another file, place or strength is another version of that type alone', () => {
  const versions = (given: CroppingOptions) => versionsOf(readCroppingOptions(given), 'code');
  const before = versions(options());
  expect(Object.keys(before.typeVersions)).toEqual(['shop']);
  for (const watermark of [{ opacity: 0.6 }, { position: 'north' }, { size: 0.3 }, { margin: 0 }]) {
    const { v, typeVersions } = versions(options({ watermark: { file, ...watermark } }));
    expect(v).toBe(before.v);
    expect(typeVersions.shop).not.toBe(before.typeVersions.shop);
  }
  writeFileSync(file, `${SVG}\n`);
  expect(versions(options()).typeVersions.shop).not.toBe(before.typeVersions.shop);
  expect(versions(options()).v).toBe(before.v);
});

test.each([
  ['0,0', 'northwest'],
  ['top-left', 'northwest'],
  ['0.3,0.9', '0.3,0.9'],
])('it may be at %s, as a URL may say it', (position, expected) => {
  const { types } = readCroppingOptions(options({ watermark: { file, position } }));
  expect(types.shop?.watermark?.position).toBe(expected);
});

test('a watermark is drawn on the background that the type has', () => {
  const version = (background: string, own?: string) =>
    versionsOf(readCroppingOptions(options(own ? { background: own } : {}, { background })), 'code')
      .typeVersions.shop;
  expect(version('#000000')).not.toBe(version('#ffffff'));
});

test('the function in front of the cache does not carry it', () => {
  const script = viewerRequestScript(functionSettings(options()));
  expect(script).not.toContain('watermark:');
  expect(script).not.toContain(Buffer.from(SVG).toString('base64'));
  expect(agreementId(readCroppingOptions(options()), { v: 'a', typeVersions: {} })).toMatch(/^[0-9a-f]{8}$/);
});
