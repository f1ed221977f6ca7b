import sharp from 'sharp';
import { COMPASS, camera, compass } from '../../../../conformance/objects/draw';
import { cacheQuery } from '../../../../lambda/contract/cache-query';
import { readFocus } from '../../../../lambda/origin-response/source/focus';
import { handled } from '../../../support/handled';
import { functionSettings } from '../../../support/settings';

const header = (value: string) => ({ 'x-amz-meta-focus': [{ key: 'x-amz-meta-focus', value }] });

test.each([
  ['0.3,0.7', { point: '0.3,0.7' }],
  ['0.33333,1', { point: '0.333,1' }],
  ['0.5,0.5', { point: 'centre' }],
  ['0.3, 0.7', { ignored: '0.3, 0.7' }],
  ['1.1,0', { ignored: '1.1,0' }],
  ['attention', { ignored: 'attention' }],
  ['', { ignored: '' }],
  [`0.3,0.7${'0'.repeat(60)}`, { ignored: `0.3,0.7${'0'.repeat(33)}` }],
])('%j', (value, focus) => expect(readFocus(header(value))).toStrictEqual(focus));

test('no metadata, no focal point', () => expect(readFocus({})).toStrictEqual({}));

/** The colour in the northern half of a square crop of a compass, 80 × 40, whose object has this focal point. */
async function cropOf(query: string, focus: string, original?: Buffer) {
  const bytes = original ?? (await compass(80, 40).png().toBuffer());
  const result = await handled(bytes, query, {}, { headers: { 'x-amz-meta-focus': focus } });
  const { data, info } = await sharp(result.image).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 4) * info.width + Math.floor(info.width / 2)) * info.channels;
  return { ...result, colour: [...data.subarray(at, at + 3)] };
}

describe('a crop', () => {
  test.each([
    ['t=A&w=20&h=20&format=png', '0,0.5', COMPASS.northwest],
    ['t=A&w=20&h=20&format=png', '1,0.5', COMPASS.northeast],
    // The URL is asked first.
    ['t=A&w=20&h=20&format=png&position=east', '0,0.5', COMPASS.northeast],
  ])('%s of an object that says %s', async (query, focus, wanted) => {
    expect((await cropOf(query, focus)).colour).toStrictEqual([...wanted]);
  });

  test('has the point of the upright picture', async () => {
    const { colour } = await cropOf('t=A&w=20&h=20&format=png', '0,0.5', await camera(80, 40));
    expect(colour.map((value) => Math.round(value / 20))).toStrictEqual([11, 2, 2]);
  });

  test('is padded evenly: the point moves no picture along its padding', async () => {
    const { image } = await cropOf('t=A&w=40&h=40&fit=contain&format=png', '0,0');
    const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)]).toStrictEqual([255, 255, 255]);
    expect(info).toMatchObject({ width: 40, height: 40 });
  });

  test('ignores a point that it cannot read, and logs it', async () => {
    const { log, headers } = await cropOf('t=A&w=20&h=20', 'left');
    expect(headers['crop-status']).toMatch(/^rendered;/);
    expect(log).toMatchObject([{ outcome: 'rendered', ignoredFocus: 'left' }]);
    expect((await cropOf('t=A&w=20&h=20', '0,0')).log[0]).not.toHaveProperty('ignoredFocus');
  });
});

test("a type's position is asked before the object", async () => {
  const query = (position?: string) =>
    cacheQuery(
      { t: 'thumb', w: 20, h: 20 },
      '',
      functionSettings({ types: { thumb: { ...(position && { position }) } } }),
    );
  expect(query()).not.toContain('position');
  expect(query('centre')).toContain('&position=centre&');
});
