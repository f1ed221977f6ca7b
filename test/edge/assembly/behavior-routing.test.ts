import { readAssembly } from '../../../edge/assembly/assembly';
import { temporaryFolder } from '../../support/cleanup';
import { serve, writeImages } from '../dev-edge-fixture';
import { writeAssembly } from './assembly-fixture';
import { behavior, behaviors } from './behaviors-fixture';

describe('two buckets and a folder', () => {
  const twoBuckets = async () => {
    const avatars = await temporaryFolder();
    await writeImages(avatars, { 'avatars/a.jpg': 'of avatars' });
    const files = { 'avatars/a.jpg': 'of images', 'cat.jpg': 'cat', 'approved/press/p.jpg': 'approved' };
    const fixture = behaviors({}, behavior('/avatars/*', 'avatars'), behavior('/press/*', 'press'));
    return serve({ ...fixture, files }, { imagesByPattern: new Map([['/avatars/*', avatars]]) });
  };

  test('the same key is two pictures, and neither takes the place of the other in the cache', async () => {
    const edge = await twoBuckets();
    // An escaped slash is none to a pattern, and one to S3.
    const paths = ['/avatars%2Fa.jpg', '/avatars/a.jpg', '/avatars%2Fa.jpg', '/avatars/a.jpg', '/cat.jpg'];
    const answers = [];
    for (const path of paths) {
      const { headers, body } = await edge.ask(path);
      answers.push([body.toString(), headers['x-cache']]);
    }
    expect(answers).toEqual([
      ['of images', 'Miss from edgecrop'],
      ['of avatars', 'Miss from edgecrop'],
      ['of images', 'Hit from edgecrop'],
      ['of avatars', 'Hit from edgecrop'],
      ['cat', 'Miss from edgecrop'],
    ]);
  });

  test('a function that rewrites the path leads to no other behaviour, nor to its entries', async () => {
    const avatars = await temporaryFolder();
    await writeImages(avatars, { 'same.jpg': 'of avatars' });
    const fixture = behaviors(
      {},
      behavior('/avatars/*', 'avatars', {
        FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: { Ref: 'ViewerRequest' } }],
      }),
    );
    const ViewerRequest = {
      FunctionCode: 'function handler(event) { event.request.uri = "/same.jpg"; return event.request; }',
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
    };
    const edge = await serve(
      {
        ...fixture,
        properties: { ...fixture.properties, ViewerRequest },
        files: { 'same.jpg': 'of images' },
      },
      { imagesByPattern: new Map([['/avatars/*', avatars]]) },
    );
    for (let round = 0; round < 2; round++) {
      expect((await edge.ask('/same.jpg')).body.toString()).toBe('of images');
      expect((await edge.ask('/avatars/x.jpg')).body.toString()).toBe('of avatars');
    }
  });

  test('the function hears of its own bucket, region and folder', async () => {
    const edge = await twoBuckets();
    const crop = async (path: string) => (await edge.ask(`${path}?t=A`)).body.toString();
    expect(await crop('/avatars/a.jpg')).toBe('avatars.prod.s3.eu-central-1.amazonaws.com t=A');
    expect(await crop('/cat.jpg')).toBe('images.s3.us-east-1.amazonaws.com t=A');
    expect(await crop('/press/p.jpg')).toBe('images.s3.us-east-1.amazonaws.com/approved t=A');
    expect((await edge.ask('/press/p.jpg')).body.toString()).toBe('approved');
  });

  test('keys have the paths of URLs that read them', async () => {
    const edge = await twoBuckets();
    expect(['cat.jpg', 'avatars/a.jpg', 'approved/press/p 1.jpg', 'press/p.jpg'].map(edge.pathOfKey)).toEqual(
      ['/cat.jpg', undefined, '/press/p%201.jpg', undefined],
    );
  });
});

describe('a behaviour has its own', () => {
  test('methods, headers and query strings; the first pattern that matches has the request', async () => {
    const fixture = behaviors(
      {},
      behavior('/a/*.jpg', 'origin', { AllowedMethods: ['GET', 'HEAD'] }),
      behavior('/a/*', 'origin', { ResponseHeadersPolicyId: undefined, LambdaFunctionAssociations: [] }),
    );
    const edge = await serve({ ...fixture, files: { 'a/x.jpg': 'x', 'a/x.txt': 'text', 'x.jpg': 'x' } });
    const optionsOf = async (path: string) => (await edge.ask(path, { method: 'OPTIONS' })).body.toString();
    expect(await optionsOf('/a/x.jpg')).toContain('not configured to allow the HTTP request method');
    expect(await optionsOf('/x.jpg')).toContain('CORS is not enabled');
    expect((await edge.ask('/a/x.txt')).headers).not.toHaveProperty('x-content-type-options');
    expect((await edge.ask('/a/x.jpg')).headers).toHaveProperty('x-content-type-options');
    expect(edge.invocations()).toBe(2);
  });
});

describe('what the edge cannot serve', () => {
  test.each([
    ['a website', 'website', {}, /S3OriginConfig: only S3 buckets are supported as origins$/],
    ['compression', 'origin', { Compress: true }, /Compress: compression is not supported$/],
    [
      'a policy of AWS',
      'origin',
      { CachePolicyId: '658327ea' },
      /CachePolicyId: a cache policy outside the template/,
    ],
    ['an origin group', 'group', {}, /the edge does not support origin groups$/],
    [
      'a bucket without a region',
      'global',
      {},
      /can't tell the bucket and its region from avatars.s3.amazonaws.com$/,
    ],
    [
      'functions of a behaviour that does not crop',
      'origin',
      {
        LambdaFunctionAssociations: [],
        FunctionAssociations: [{ EventType: 'viewer-response', FunctionARN: { Ref: 'Version' } }],
      },
      /the edge does not run functions at viewer-response$/,
    ],
  ])('is answered 501, and the pictures beside it as ever: %s', async (_, origin, over, reason) => {
    const fixture = behaviors({ TargetOriginId: origin, ...over }, behavior('/photos/*', 'origin'));
    const edge = await serve({ ...fixture, files: { 'photos/cat.jpg': 'cat' } });
    const answer = await edge.ask('/index.html');
    expect([answer.status, answer.headers['x-cache']]).toEqual([501, 'Error from edgecrop']);
    const [line = '', ...rest] = answer.body.toString().split('\n');
    expect(line).toMatch(/^Distribution, behaviour \*: /);
    expect(line).toMatch(reason);
    expect(rest).toEqual(['']);
    expect(edge.reasons).toEqual([`answering 501: ${line}`]);
    expect((await edge.ask('/photos/cat.jpg')).body.toString()).toBe('cat');
  });

  test('is refused at the start where it would change a crop', async () => {
    const folder = await writeAssembly(
      behaviors(
        {},
        behavior('/photos/*', 'origin', {
          FunctionAssociations: [{ EventType: 'viewer-response', FunctionARN: { Ref: 'Version' } }],
        }),
      ),
    );
    expect(() => readAssembly(folder)).toThrow(
      'Distribution, behaviour /photos/*: the edge does not run functions at viewer-response',
    );
  });

  test('is refused at the start where there is nothing else', async () => {
    const folder = await writeAssembly(behaviors({ TargetOriginId: 'website' }));
    expect(() => readAssembly(folder)).toThrow('Distribution, behaviour *: the edge');
  });
});

describe('folders by path pattern', () => {
  test.each([
    ['/photos/*', 'avatars', '--images: got /photos/*=', 'allowed: the patterns /avatars/*'],
    [
      '/avatars/*',
      'press',
      'the paths * share the bucket Images with others whose folder is',
      'name one folder for both',
    ],
  ])('%s of %s: refused in one line', async (pattern, origin, ...parts) => {
    const fixture = behaviors({}, behavior('/avatars/*', origin));
    const folder = await temporaryFolder();
    await writeImages(folder, { a: 'a' });
    const failure = await serve(fixture, { imagesByPattern: new Map([[pattern, folder]]) }).catch(
      (error) => error,
    );
    for (const part of parts) expect(failure.message).toContain(part);
    expect(failure.message).not.toContain('\n');
  });
});
