import { KEY, tokenCheck, tokenUrl, viewerRequest } from '../../../bench/viewer-request-scripts';
import { TOO_LONG, URLS } from '../../../bench/viewer-request-urls';
import { type CountedScript, countScript } from '../../../bench/viewer-request-work';
import { signUrl } from '../../../signing/sign';
import { functionEvent } from '../../support/function-event';

// Counted and not timed. CloudFront throttles a function that keeps exceeding its time, for every viewer:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/test-function.html
const HEADERS = { accept: 'image/avif,image/webp,*/*' };
const PLAIN = URLS['a plain crop'] as string;

let token: number;
beforeAll(async () => {
  const script = await countScript(tokenCheck(), KEY);
  token = await script.work(functionEvent(tokenUrl(), HEADERS));
  script.close();
});

test('the measure: a token check that goes through', () => expect(token).toBeGreaterThan(2000));

describe.each([
  ['unsigned', false, 1.5],
  ['signed', true, 2.9],
])('%s', (_name, signing, checks) => {
  let script: CountedScript;
  let plain: number;
  const ask = (url: string) => script.work(functionEvent(signing ? signUrl(url, KEY) : url, HEADERS));
  beforeAll(async () => {
    script = await countScript(viewerRequest(signing), KEY);
    plain = await ask(PLAIN);
  });
  afterAll(() => script.close());

  test('a plain crop costs little more than a token check', () => {
    expect(plain / token).toBeGreaterThan(0.5);
    expect(plain / token).toBeLessThanOrEqual(checks);
  });

  test.each(Object.entries(URLS))('%s: at most 15 plain crops', async (_url, url) => {
    expect((await ask(url)) / plain).toBeLessThanOrEqual(15);
  });

  test.each(Object.entries(TOO_LONG))('%s: refused for at most 20 plain crops', async (_url, url) => {
    expect((await ask(url)) / plain).toBeLessThanOrEqual(20);
  });

  if (!signing) return;
  test('a signature that is wrong buys no work', async () => {
    for (const url of Object.values({ ...URLS, ...TOO_LONG })) {
      const wrong = `${url}${url.includes('?') ? '&' : '?'}sig=x`;
      expect((await script.work(functionEvent(wrong, HEADERS))) / plain).toBeLessThanOrEqual(15);
    }
  });
});
