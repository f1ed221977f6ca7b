import { readAppOptions, readStackOptions } from '../../../lib/configuration/stack-options';

const EU = { name: 'photos', region: 'eu-central-1' };
const REGION = 'a region of the aws partition, as in eu-central-1';

test('a deployment has a name, tags and termination protection, apart from its options', () => {
  expect(readAppOptions({ quality: 7 })).toMatchObject({
    stackName: 'Edgecrop',
    tags: {},
    terminationProtection: false,
    options: { quality: 7 },
  });
  const given = { stackName: 'Photos-Staging', tags: { team: 'media' }, terminationProtection: true };
  const { options, ...properties } = readAppOptions(given);
  expect(properties).toEqual(given);
  expect(() => readStackOptions(options)).not.toThrow();
});

test.each<[object, string]>([
  [{ alarms: { serverErrors: 0 } }, 'alarms.serverErrors: got 0, allowed: a number above 0 and up to 100'],
  [
    { alarms: { fallbacks: 101 }, originShield: true },
    'alarms.fallbacks: got 101, allowed: a number above 0 and up to 100',
  ],
  [{ types: [1] }, 'types: got [1], allowed: an object'],
  [{ bucket: { name: 'photos' } }, `bucket.region: got nothing, allowed: ${REGION}`],
  [{ bucket: { ...EU, region: 'eu-central-9' } }, `bucket.region: got "eu-central-9", allowed: ${REGION}`],
  [{ bucket: { ...EU, region: 'cn-north-1' } }, `bucket.region: got "cn-north-1", allowed: ${REGION}`],
  [
    { bucket: { region: 'eu-central-1' } },
    'bucket.name: got nothing, allowed: the name of a bucket: 3 to 63 small letters, digits, dots and hyphens',
  ],
  [
    { origins: { '/*': { originPath: '/x' }, '/a/*': { originPath: '/y' } } },
    'origins./a/*: got {"originPath":"/y"}, allowed: only before /*, which matches all its paths',
  ],
  [
    { origins: { '/a*/b*.jpg': { originPath: '/x' }, '/a/*/b*x.jpg': { originPath: '/y' } } },
    'origins./a/*/b*x.jpg: got {"originPath":"/y"}, allowed: only before /a*/b*.jpg, which matches all its paths',
  ],
  [
    { origins: { '/a/*': {} } },
    'origins./a/*: got {}, allowed: at least one of bucket, originPath, types, missing',
  ],
  [
    { autoInvalidate: true, bucket: EU },
    'autoInvalidate: got true, allowed: only with a bucket that this stack creates; with an existing one, remove autoInvalidate and purge as docs/purging.md says',
  ],
  [
    { originShield: true, bucket: { ...EU, region: 'mx-central-1' } },
    'originShield: got true, allowed: one of us-east-1, us-east-2, us-west-2, ap-northeast-1, ap-northeast-2, ap-south-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, eu-west-2, me-central-1, sa-east-1, as AWS recommends no region for a bucket in mx-central-1',
  ],
  [
    { bucket: EU, origins: { '/a/*': { bucket: { ...EU, region: 'eu-west-1' } } } },
    'origins./a/*.bucket: got {"name":"photos","region":"eu-west-1"}, allowed: {"name":"photos","region":"eu-central-1"}, as for the same bucket elsewhere',
  ],
  [
    { stackName: '1st' },
    'stackName: got "1st", allowed: a name of 1 to 64 letters, digits and -, a letter first',
  ],
  [
    { tags: { 'aws:x': 'y' } },
    'tags.aws:x: got "y", allowed: a tag key of 1 to 128 characters that does not start with aws:',
  ],
])('%j is refused', (given, line) => {
  expect(() => readAppOptions(given)).toThrow(new Error(`edgecrop.${line}`));
});

test('what contradicts is said at once, all of it', () => {
  const given = { autoInvalidate: true, alarms: { fallbacks: 5, renderTime: 9 }, bucket: EU };
  expect(() => readAppOptions(given)).toThrow(
    new Error(
      [
        'edgecrop.autoInvalidate: got true, allowed: only with a bucket that this stack creates; with an existing one, remove autoInvalidate and purge as docs/purging.md says',
        ...['fallbacks: got 5', 'renderTime: got 9'].map(
          (key) =>
            `edgecrop.alarms.${key}, allowed: only with originShield, as an alarm watches metrics of its own region`,
        ),
      ].join('\n'),
    ),
  );
});

test.each([
  { origins: { '/a/*': { originPath: '/x' }, '/*': { originPath: '/y' } } },
  { origins: { '/a/*.jpg': { originPath: '/x' }, '/a/*.png': { originPath: '/y' } } },
  { origins: { '/*.jpg': { originPath: '/x' }, '/a/*': { originPath: '/y' } } },
  { originShield: true, alarms: { fallbacks: 5 } },
  { originShield: 'us-east-1', alarms: { fallbacks: 5 }, bucket: EU },
])('%j is taken', (given) => {
  expect(() => readAppOptions(given)).not.toThrow();
});
