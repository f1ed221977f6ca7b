import { readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { LOCAL_CREDENTIALS, startLocalS3 } from '../../edge/local/local-s3';
import { startRedis, testWithRedis } from '../edge/cache/stores/redis-fixture';
import { assemblyDir } from '../support/assembly';
import { temporaryFolder } from '../support/cleanup';
import { commandLine } from '../support/command-line';
import { testWith } from '../support/programs';
import { type Clone, cloneProject, findProgram, pictures } from './command-runs';
import { brokenLinks, commandsOf, documents, inlineCode } from './markdown';

/** Every command of the documents is a key of one of these two lists. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'npm ci': 'it is how CI comes to run this',
  'npm install edgecrop': 'npm run consumers:construct installs the packed one',
  'npm install @edgecrop/client': 'npm run consumers:client installs the packed one',
  'npm test': 'CI runs it before this',
  'npm run test:e2e': 'it is what runs this',
  'npx cdk bootstrap aws://ACCOUNT/us-east-1': 'needs an AWS account',
  'npx cdk diff': 'needs an AWS account',
  'npx cdk deploy': 'needs an AWS account',
  'npx cdk deploy -c edgecrop=\'{"quality":75}\'': 'needs an AWS account',
  'npx cdk destroy': 'needs an AWS account',
  'npm run doctor': 'needs an AWS account',
  'npm run doctor -- --picture /photos/cat.jpg': 'needs an AWS account',
  'aws service-quotas get-service-quota --region us-east-1 --service-code lambda --quota-code L-B99A9384 --query Quota.Value':
    'needs an AWS account',
  'aws service-quotas request-service-quota-increase --region us-east-1 --service-code lambda --quota-code L-B99A9384 --desired-value 1000':
    'needs an AWS account',
  "aws cloudwatch describe-alarms --region us-east-1 --alarm-name-prefix STACK --query 'MetricAlarms[].AlarmName'":
    'needs an AWS account',
  'aws cloudwatch set-alarm-state --region us-east-1 --alarm-name ALARM --state-value ALARM --state-reason test':
    'needs an AWS account',
  'aws s3 cp dog.jpg s3://BUCKET/photos/cat.jpg': 'needs an AWS account',
  'aws logs tail --region us-east-1 PURGE_LOG_GROUP --since 5m': 'needs an AWS account',
  'aws s3 ls --recursive s3://LOG_BUCKET/AWSLogs/': 'needs an AWS account',
  'npm run keys -- rotate --print': 'needs an AWS account',
  'aws s3 cp cat.jpg s3://BUCKET/photos/cat.jpg --metadata focus=0.3,0.7': 'needs an AWS account',
  'npm run edge -- --assembly cdk.out --bucket BUCKET --body-limit 16 --host 0.0.0.0':
    'test/edge/self-hosted-edge.test.ts, with a limit of its own',
  'npm run keys -- retire': 'needs an AWS account',
  'aws cloudformation continue-update-rollback --region us-east-1 --stack-name STACK': 'needs an AWS account',
  'git checkout TAG && npm ci && npx cdk deploy': 'needs an AWS account',
  "curl -s -o /dev/null -D - 'URL' | grep -iE '^HTTP|crop-status|x-cache|age'": 'any URL of a deployment',
  'npm run keys -- create --file keys.json': 'test/keys runs it with a file of its own',
  'npm run edge -- --assembly cdk.out --bucket BUCKET --signing-keys keys.json':
    'test/edge/functions/viewer-request/signing-keys-file.test.ts runs it with a bucket of its own',
  'aws s3 cp cat.jpg s3://BUCKET/photos/cat.jpg': 'needs an AWS account',
  "curl -s -o crop.webp -D - 'https://d111111abcdef8.cloudfront.net/photos/cat.jpg?t=A&w=320&h=240&format=webp'":
    'needs a distribution',
  'npm run conformance -- https://d111111abcdef8.cloudfront.net/ --bucket BUCKET': 'needs a distribution',
  "npm start -- --images DIR --images '/avatars/*=OTHER_DIR'":
    'test/bin/commands/dev.test.ts, with an assembly that has the pattern',
  "npm start -- --images '/avatars/*=DIR'":
    'test/bin/commands/dev.test.ts, with an assembly that has the pattern',
  'npm start -- --assembly examples/own-distribution/cdk.out --images DIR':
    'test/examples/examples.e2e.test.ts, which synthesises and serves the examples',
  "aws cloudformation describe-stacks --region us-east-1 --stack-name STACK --query 'Stacks[0].Outputs'":
    'needs an AWS account',
  "aws cloudformation describe-stack-resources --region us-east-1 --stack-name STACK --query 'StackResources[].[ResourceType,LogicalResourceId,PhysicalResourceId]' --output text":
    'needs an AWS account',
  'aws s3 cp --recursive s3://BUCKET/AWSLogs/ACCOUNT/CloudFront/DISTRIBUTION_ID/2026/11/22/ logs':
    'needs an AWS account',
  "aws cloudfront create-invalidation --distribution-id DISTRIBUTION_ID --paths '/photos/cat.jpg*'":
    'needs an AWS account',
  'aws sqs start-message-move-task --region us-east-1 --source-arn DEAD_LETTERS_ARN': 'needs an AWS account',
  'git pull && npm ci && npx cdk diff && npx cdk deploy': 'needs an AWS account',
  "aws lambda list-versions-by-function --region us-east-1 --function-name FUNCTION --query 'Versions[].Version'":
    'needs an AWS account',
  'aws lambda delete-function --region us-east-1 --function-name FUNCTION --qualifier 7':
    'needs an AWS account',
  'docker compose -f examples/self-hosting/compose.yaml up --build': 'needs a Docker engine',
  'EDGECROP_BUCKET=photos AWS_REGION=eu-west-1 docker compose -f examples/self-hosting/compose.yaml up --build':
    'needs a Docker engine',
};

const EDGE = 'npm run edge -- --assembly cdk.out --bucket';

/** Run as written, but for the port, for capitals that a reader replaces, and for what stands in for S3. */
const RUN: Readonly<Record<string, (command: string) => Promise<void>>> = {
  'npm start': async () => {
    expect((await fetch(`${await started()}lake.jpg?t=A&w=32`)).headers.get('crop-status')).toMatch(
      /^rendered/,
    );
  },
  "curl -s -o crop.webp -D - 'http://127.0.0.1:8787/lake.jpg?t=A&w=320&h=240&format=webp'": async (
    command,
  ) => {
    const { status, output } = await clone().run(at(await started(), command));
    expect(status).toBe(0);
    expect(output).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(output).toContain('crop-status: rendered;size=320x240;');
  },
  "curl -s 'http://127.0.0.1:8787/lake.jpg?t=A&w=abc'": async (command) => {
    const { output } = await clone().run(at(await started(), command));
    expect(output).toBe('w: got "abc", allowed: a whole number from 1 to 4096 (pixels)\n');
  },
  'npm run synth': async () => {
    expect((await synthesised()).status).toBe(0);
    // Whatever folder it is in, and whoever runs the app.
    const template = (folder: string) => readFileSync(join(folder, 'Edgecrop.template.json'), 'utf8');
    expect(template(join(clone().folder, 'cdk.out'))).toBe(template(assemblyDir()));
  },
  'npm run nginx -- --assembly cdk.out --output DIR': async (command) => {
    await synthesised();
    const folder = await temporaryFolder();
    const { status, output } = await clone().run(command.replace('DIR', folder));
    expect([status, output]).toEqual([0, expect.stringContaining(join(folder, 'edgecrop.conf'))]);
    expect(readFileSync(join(folder, 'edgecrop.js'), 'utf8')).toContain('export default { route };');
  },
  'npx cdk synth --quiet -c edgecrop=\'{"quality":101}\'': async (command) => {
    const { status, output } = await clone().run(command);
    expect(status).toBe(1);
    expect(output).toContain('edgecrop.quality: got 101, allowed: a whole number from 1 to 100');
  },
  'npm run cost -- --requests 1e6 --miss 0.05 --original 2MB --metrics 0': async (command) => {
    const { output } = await clone().run(command);
    const table = documents().find(({ file }) => file === 'docs/costs.md')?.text ?? '';
    // The last line of the bill is the last of the document's table.
    const sum = /together, a month.* \$([\d.]+)\s*$/.exec(output)?.[1];
    expect(table).toContain(`| **together** | | **${sum}** |`);
  },
  'npm start -- --assembly cdk.out': servesPictures,
  'npm start -- --images DIR': (command) => servesPictures(command.replace('DIR', pictures(clone()))),
  'npm start -- --images ~/Pictures --port 0': async (command) => {
    const home = await temporaryFolder();
    await symlink(pictures(clone()), join(home, 'Pictures'));
    await servesPictures(command, { HOME: home });
  },
  'npm run conformance -- prepare .cache/conformance': async () => {
    expect((await prepared()).status).toBe(0);
  },
  'npm start -- --images .cache/conformance': async () => {
    const base = await servesConformance();
    expect((await fetch(`${base}conformance/photo.jpg?t=A&w=32`)).status).toBeLessThan(500);
  },
  'npm run conformance -- http://127.0.0.1:8787/ --prepared': async (command) => {
    const { status, output } = await clone().run(at(await servesConformance(), command));
    expect(output).not.toContain('FAIL');
    expect(status).toBe(0);
  },
};

const PURGE = "redis-cli --scan --pattern 'edgecrop:*:/photos/cat.jpg*' | xargs -r -d '\\n' redis-cli unlink";

/** The same, with a Redis. */
const RUN_WITH_REDIS: typeof RUN = {
  [`${EDGE} BUCKET --cache redis://localhost:6379`]: servesBucket,
  [`${EDGE} photos --cache redis://localhost:6379`]: servesBucket,
  [PURGE]: purgesAnImage,
  'curl -s http://127.0.0.1:8787/_edgecrop/health': asksProductionEdge,
  'curl -s http://127.0.0.1:8787/_edgecrop/metrics': asksProductionEdge,
};

jest.setTimeout(120_000);

let shared: Clone | undefined;
let own: Clone | undefined;
beforeAll(async () => {
  shared = await cloneProject();
  own = await cloneProject();
  // The slow two, at once.
  for (const first of [started, synthesised]) first().catch(() => {});
});
afterAll(async () => {
  await shared?.remove();
  await own?.remove();
});

function clone(): Clone {
  return present(shared);
}

function present(made: Clone | undefined): Clone {
  if (made === undefined) throw new Error('no clone before the first test');
  return made;
}

// Each is done once, by the first test that needs it. `npm start` writes cdk.out, so it has a clone of its own.
const started = once(() => present(own).serve('npm start'));
const synthesised = once(() => clone().run('npm run synth'));
const prepared = once(() => clone().run('npm run conformance -- prepare .cache/conformance'));
const servesConformance = once(async () => {
  await synthesised();
  await prepared();
  return clone().serve('npm start -- --images .cache/conformance', { options: '--assembly cdk.out' });
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function at(base: string, command: string): string {
  return command.replace('http://127.0.0.1:8787/', base);
}

/** That it synthesises by itself `npm start` has shown. */
async function servesPictures(command: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
  await synthesised();
  const base = await clone().serve(command, { options: '--assembly cdk.out', env });
  const answer = await fetch(`${base}lake.jpg?t=A&w=32&h=24`);
  expect(answer.headers.get('crop-status')).toMatch(/^rendered;size=32x24;/);
}

async function serveBucket(command: string): Promise<string> {
  return (await serveBucketWithRedis(command)).base;
}

async function serveBucketWithRedis(
  command: string,
): Promise<{ readonly base: string; readonly redisUrl: string }> {
  await synthesised();
  const store = await startLocalS3({ folders: new Map([['photos', pictures(clone())]]) });
  const redis = await startRedis();
  afterTest.push(() => store.close());
  const served = command.replace('BUCKET', 'photos').replace('redis://localhost:6379', redis.url);
  const base = await clone().serve(served, {
    options: `--endpoint ${store.endpoint}`,
    env: {
      AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    },
  });
  return { base, redisUrl: redis.url };
}

const afterTest: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of afterTest.splice(0)) await step();
});

async function servesBucket(command: string): Promise<void> {
  const base = await serveBucket(command);
  const answers = [await fetch(`${base}lake.jpg?t=A&w=32`), await fetch(`${base}lake.jpg?t=A&w=32`)];
  expect(answers.map(({ headers }) => headers.get('x-cache'))).toEqual([
    'Miss from edgecrop',
    'Hit from edgecrop',
  ]);
}

async function purgesAnImage(command: string): Promise<void> {
  const { base, redisUrl } = await serveBucketWithRedis(`${EDGE} BUCKET --cache redis://localhost:6379`);
  const ask = async (name: string) =>
    (await fetch(`${base}${name}?t=A&w=32`)).headers.get('x-cache')?.split(' ')[0];
  expect([await ask('lake.jpg'), await ask('tower.jpg')]).toEqual(['Miss', 'Miss']);
  const ours = command
    .replaceAll('redis-cli', `redis-cli -u ${redisUrl}`)
    .replace('photos/cat.jpg', 'lake.jpg');
  expect((await clone().run(ours)).status).toBe(0);
  expect([await ask('lake.jpg'), await ask('tower.jpg')]).toEqual(['Miss', 'Hit']);
}

async function asksProductionEdge(command: string): Promise<void> {
  const base = await serveBucket(`${EDGE} BUCKET --cache redis://localhost:6379`);
  const { output } = await clone().run(at(base, command));
  expect(output).toMatch(
    command.endsWith('health') ? '{"status":"ok","redis":"up"}' : 'edgecrop_requests_total',
  );
}

function packageScripts(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')).scripts;
}

const testWithCurl = testWith('curl', findProgram('curl'));
for (const [command, run] of Object.entries(RUN)) {
  const isCurl = command.startsWith('curl');
  (isCurl ? testWithCurl : test)(command, () => run(command));
}
for (const [command, run] of Object.entries(RUN_WITH_REDIS)) {
  const isCurl = command.startsWith('curl') && testWithRedis === test;
  (isCurl ? testWithCurl : testWithRedis)(command, () => run(command));
}

test('every command of the documents is run here, or listed with the reason why not', () => {
  const known = Object.keys({ ...RUN, ...RUN_WITH_REDIS, ...NOT_HERE });
  const written = new Set(documents().flatMap(commandsOf));
  expect([...written].filter((command) => !known.includes(command))).toEqual([]);
  expect(known.filter((command) => !written.has(command))).toEqual([]);
});

test('every address on this machine that the documents name answers', async () => {
  const addresses = documents().flatMap(({ text }) =>
    [...text.matchAll(/http:\/\/127\.0\.0\.1:8787\/[^\s'`>)]*/g)].map(([address]) => address),
  );
  const crops = [...new Set(addresses)].filter(
    (address) => /\?t=/.test(address) && !address.endsWith('w=abc'),
  );
  expect(crops.length).toBeGreaterThan(2);
  for (const crop of crops) {
    const { status, headers } = await fetch(at(await started(), crop));
    expect({ crop, status, rendered: headers.get('crop-status')?.slice(0, 8) }).toEqual({
      crop,
      status: 200,
      rendered: 'rendered',
    });
  }
});

test('a path in raw UTF-8 is refused, as docs/self-hosting.md says', async () => {
  const { hostname, port } = new URL(await started());
  const answer = await new Promise<string>((resolve, reject) => {
    let said = '';
    connect(Number(port), hostname, function (this: ReturnType<typeof connect>) {
      this.write('GET /고양이.jpg HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    })
      .on('data', (text) => {
        said += text;
      })
      .on('error', reject)
      .on('close', () => resolve(said));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

test('every script, option and link that the documents name is there', async () => {
  const scripts = packageScripts();
  const texts = documents();
  const named = texts.flatMap(({ text }) =>
    [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name),
  );
  expect([...new Set(named)].filter((name) => scripts[name] === undefined)).toEqual([]);

  expect(
    texts.map((document) => [document.file, brokenLinks(document)]).filter(([, links]) => links?.length),
  ).toEqual([]);
});

const COMMANDS = [
  ['npm start', 'dev'],
  ['npm run edge', 'serve'],
  ['npm run conformance', 'conformance', 'run'],
  ['npm run conformance', 'conformance', 'prepare'],
  ...['create', 'rotate', 'retire', 'list', 'test'].map((name) => ['npm run keys', 'keys', name] as const),
  ['npm run cost', 'cost'],
  ['npm run doctor', 'doctor'],
] as const;

/** The script that runs a command, as `package.json` has it. */
function scriptOf(program: string): string | undefined {
  return packageScripts()[program.replace(/^npm (?:run )?/, '')];
}

test('every option that the documents name is in --help', async () => {
  expect(COMMANDS.filter(([npm, name]) => !scriptOf(npm)?.endsWith(`bin/edgecrop.ts ${name}`))).toEqual([]);
  const help = async (program: string, command: string) => ({
    program,
    text: (await clone().run(command)).output,
  });
  const helps = await Promise.all([
    ...COMMANDS.map(([npm, ...words]) => help(npm, `node ${commandLine()} ${words.join(' ')} --help`)),
    help('npx cdk', 'npx cdk synth --help; npx cdk deploy --help'),
  ]);
  // The benches' options are parsed where they are used, without a --help.
  const unknown = documents()
    .filter(({ file }) => !file.startsWith('bench/'))
    .flatMap((document) => [...commandsOf(document), ...inlineCode(document)])
    .flatMap((code) => {
      const ofProgram = helps.filter(({ program }) => code.startsWith(program));
      // An option by itself, as in a table, is one of ours.
      const texts = (code.startsWith('--') ? helps : ofProgram).map(({ text }) => text);
      const options = texts.length === 0 ? [] : [...code.matchAll(/(?:^|\s)(--[a-z][\w-]*)/g)];
      return options
        .map(([, option = '']) => option)
        .filter((option) => !texts.some((text) => text.includes(option)))
        .map((option) => `${option} in: ${code}`);
    });
  expect(unknown).toEqual([]);
});
