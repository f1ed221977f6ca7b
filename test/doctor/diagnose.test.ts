import { diagnoseAccount, diagnoseDeployment } from '../../doctor/diagnose';
import type { DeploymentFacts, Read } from '../../doctor/facts';

const read = <T>(value: T): Read<T> => ({ kind: 'read', value });

test('an account: too little concurrency in one region, few policies left, no bootstrap', () => {
  const facts = {
    concurrency: { 'us-east-1': read(1000), 'eu-central-1': read(10) },
    cachePolicies: read(19),
    bootstrapped: read(false),
  };
  expect(diagnoseAccount(facts)).toEqual([
    { name: 'concurrency.us-east-1', verdict: 'ok', text: '1000 functions may run at once' },
    {
      name: 'concurrency.eu-central-1',
      verdict: 'attention',
      text: expect.stringContaining('--region eu-central-1 --service-code lambda --quota-code L-B99A9384'),
    },
    { name: 'cache-policies', verdict: 'attention', text: expect.stringContaining('19 of 20') },
    { name: 'bootstrap', verdict: 'attention', text: expect.stringContaining('cdk bootstrap') },
  ]);
});

const WELL: DeploymentFacts = {
  domainName: 'd111111abcdef8.cloudfront.net',
  status: read('Deployed'),
  utilisation: { ViewerRequest: read([{ event: 'plain', percent: 12 }]) },
  signingKey: read(true),
  confirmedSubscriptions: read(1),
  accessLog: read('AWSLogs/123456789012/CloudFront/E1/2026/11/26/01/x.gz'),
  crop: read({ status: 200, cropStatus: 'rendered;size=32x32;bytes=900;attempts=1' }),
};

test('a stack that is well', () => {
  expect(diagnoseDeployment(WELL).map(({ verdict }) => verdict)).toEqual(Array(6).fill('ok'));
});

test.each<[string, Partial<DeploymentFacts>, string, string]>([
  ['a deploy under way', { status: read('InProgress') }, 'distribution', 'InProgress'],
  [
    'a function near its time',
    { utilisation: { F: read([{ event: 'longest', percent: 72 }]) } },
    'viewer-request.F',
    'longest 72',
  ],
  [
    'a function that fails',
    { utilisation: { F: read([{ event: 'plain', percent: 3, error: 'SyntaxError' }]) } },
    'viewer-request.F',
    'fails for plain: SyntaxError',
  ],
  ['no key', { signingKey: read(false) }, 'signing-key', 'npm run keys -- create'],
  ['a mail nobody confirmed', { confirmedSubscriptions: read(0) }, 'alarm-mail', 'confirm the subscription'],
  ['no log yet', { accessLog: read(undefined) }, 'access-logs', '12 hours'],
  [
    'an original in place of a crop',
    { crop: read({ status: 200, cropStatus: undefined }) },
    'crop',
    'status 200, crop-status none',
  ],
])('%s needs attention', (_name, facts, name, text) => {
  expect(diagnoseDeployment({ ...WELL, ...facts })).toContainEqual({
    name,
    verdict: 'attention',
    text: expect.stringContaining(text),
  });
});

test('what could not be read is unknown, with the reason', () => {
  const status = { kind: 'unread', reason: 'could not be read: AccessDenied: no' } as const;
  expect(diagnoseDeployment({ ...WELL, status })[0]).toEqual({
    name: 'distribution',
    verdict: 'unknown',
    text: 'could not be read: AccessDenied: no',
  });
});
