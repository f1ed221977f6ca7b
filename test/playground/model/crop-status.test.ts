import { REASONS } from '../../../lambda/origin-response/failure/reason';
import { cutOf, explain, readCropStatus } from '../../../playground/model/crop-status';
import { EN } from '../../../playground/model/words/en';
import { KO } from '../../../playground/model/words/ko';

const answered = {
  key: 'a.jpg',
  t: 'A',
  isKnownType: true,
  status: 200,
  cropStatus: 'rendered;size=480x480;bytes=9;attempts=1',
  size: { width: 480, height: 480 },
  asked: { box: { width: 480, height: 480 }, crop: { width: 480, height: 480 } },
  still: undefined,
};
const words = (change: Partial<Parameters<typeof explain>[0]>) =>
  explain({ ...answered, ...change }).map(({ word }) => word);

test.each([
  [['cropped'], {}],
  [['roundedUp'], { size: { width: 640, height: 640 } }],
  [
    ['notEnlarged'],
    {
      size: { width: 300, height: 300 },
      asked: { box: { width: 480, height: 480 }, crop: { width: 300, height: 300 } },
    },
  ],
  [['cropped', 'attempts'], { cropStatus: 'rendered;attempts=3' }],
  [['cropped', 'stillFrame'], { still: 'AVIF' }],
  [['smaller'], { cropStatus: 'original;reason=smaller' }],
  [['undecodable'], { cropStatus: 'original;reason=undecodable', size: undefined }],
  [['undecodable'], { cropStatus: 'error;reason=undecodable', status: 415, size: undefined }],
  [['passing'], { cropStatus: 'original;reason=out-of-time' }],
  [['missing'], { status: 404, cropStatus: '', size: undefined }],
  [['missing'], { status: 403, cropStatus: '', size: undefined }],
  [['otherStatus'], { status: 503, cropStatus: '', size: undefined }],
  [['asIs'], { t: '', cropStatus: '' }],
  [['unknownType'], { t: 'zzz', isKnownType: false, cropStatus: '' }],
] as const)('%j', (expected, change) => {
  expect(words(change)).toEqual(expected);
});

test('has a sentence for every reason, in both languages', () => {
  for (const reason of Object.keys(REASONS)) {
    const [sentence] = explain({ ...answered, cropStatus: `original;reason=${reason}` });
    expect(sentence).toBeDefined();
    if (sentence) for (const { sentences } of [EN, KO]) expect(sentences[sentence.word]).toMatch(/\.$/);
  }
});

test('reads where the edge has cut', () => {
  expect(cutOf(readCropStatus('rendered;size=1x1;at=0.1,0.2,0.5,0.25'))).toEqual({
    left: 0.1,
    top: 0.2,
    width: 0.5,
    height: 0.25,
  });
  expect(cutOf(readCropStatus('rendered;size=1x1'))).toBeUndefined();
});
