import { readAssembly } from '../../../../edge/assembly/assembly';
import { nginxConfiguration } from '../../../../edge/functions/nginx/nginx-configuration';
import { afterThisTest } from '../../../support/cleanup';
import { testWith } from '../../../support/programs';
import { type AssemblyFixture, distributionConfig, writeAssembly } from '../../assembly/assembly-fixture';
import { behavior, behaviors } from '../../assembly/behaviors-fixture';
import { type AskOptions, ask } from '../../dev-edge-fixture';
import { deploy, serveSelfHosted } from '../../self-hosted-edge-fixture';
import { NGINX_MODULE, startNginx } from './nginx-fixture';

const withNginx = testWith('nginx with its module njs', NGINX_MODULE);

/** Crops have a `t`, and lose a viewer's range and conditions. The query is written in one order. */
const VIEWER_REQUEST = `function handler(event) {
  var request = event.request;
  var query = request.querystring;
  if (query.w && query.w.value === 'x') {
    return { statusCode: 400, statusDescription: 'Bad Request', body: 'w: got x' };
  }
  if (!query.t) { request.querystring = ''; return request; }
  ['range', 'if-none-match', 'if-modified-since'].forEach(function (name) { delete request.headers[name]; });
  var accept = request.headers.accept ? request.headers.accept.value : '';
  request.querystring = 't=' + query.t.value + '&w=' + (query.w ? query.w.value : 1) + (accept === 'image/avif' ? 0 : '');
  return request;
}`;

const HANDLER = `
  if (!request.querystring) return response;
  response.headers['cache-control'] = [{ key: 'Cache-Control', value: 'max-age=100' }];
  delete response.headers['content-length'];
  return { ...response, body: request.querystring };`;

const withFunction = (FunctionCode: string): AssemblyFixture['properties'] => ({
  ViewerRequest: { FunctionCode },
  Distribution: {
    DistributionConfig: distributionConfig({
      FunctionAssociations: [
        {
          EventType: 'viewer-request',
          FunctionARN: { 'Fn::GetAtt': ['ViewerRequest', 'FunctionARN'] },
        },
      ],
    }),
  },
});

async function serve(fixture: AssemblyFixture = {}) {
  const deployment = await deploy({
    handler: HANDLER,
    properties: withFunction(VIEWER_REQUEST),
    ...fixture,
  });
  const edge = await serveSelfHosted(deployment, { cache: 'memory:1mb' });
  const nginx = await startNginx(deployment.assembly, edge.url);
  afterThisTest(() => nginx.close());
  const get = async (path: string, options: AskOptions = {}) => {
    const { status, headers, body } = await ask(nginx.url, path, options);
    return { status, headers, text: body.toString(), cache: headers['x-cache'] };
  };
  return { edge, nginx, get };
}

withNginx('every spelling of a crop is one entry, and one for each outcome of Accept', async () => {
  const { edge, get } = await serve();
  const first = await get('/cat.jpg?w=7&t=A&other=1');
  expect(first).toMatchObject({ status: 200, text: 't=A&w=7', cache: 'Miss from edgecrop' });
  for (const path of ['/cat.jpg?t=A&w=7', '/cat.jpg?t=A&other=2&w=7&w=7'])
    expect(await get(path)).toMatchObject({ text: 't=A&w=7', cache: 'Hit from edgecrop' });
  const avif = { headers: { accept: 'image/avif' } };
  expect(await get('/cat.jpg?t=A&w=7', avif)).toMatchObject({
    text: 't=A&w=70',
    cache: 'Miss from edgecrop',
  });
  expect(await get('/cat.jpg?w=7&t=A', avif)).toMatchObject({ text: 't=A&w=70', cache: 'Hit from edgecrop' });
  expect(edge.invocations()).toBe(2);
  // The edge has not seen the hits.
  const metrics = (await edge.ask('/_edgecrop/metrics')).body.toString();
  expect(metrics).toMatch(/^edgecrop_hits_total 0$/m);
  expect(metrics).toMatch(/^edgecrop_misses_total 2$/m);
});

withNginx('a crop is never 304 and never cut; an original is both', async () => {
  const { get } = await serve();
  const { etag = '' } = (await get('/cat.jpg?t=A')).headers;
  const asked: readonly Readonly<Record<string, string>>[] = [
    { 'if-none-match': etag },
    { 'if-modified-since': new Date().toUTCString() },
    { range: 'bytes=0-1' },
  ];
  for (const headers of asked)
    expect(await get('/cat.jpg?t=A', { headers })).toMatchObject({
      status: 200,
      text: 't=A&w=1',
      headers: { etag },
    });
  await get('/cat.jpg');
  expect(await get('/cat.jpg')).toMatchObject({ text: 'the bytes of a cat', cache: 'Hit from edgecrop' });
  expect(await get('/cat.jpg', { headers: { 'if-none-match': etag } })).toMatchObject({
    status: 304,
    text: '',
  });
  expect(await get('/cat.jpg', { headers: { range: 'bytes=4-8' } })).toMatchObject({
    status: 206,
    text: 'bytes',
  });
});

withNginx('what the function answers, errors and HEAD are the edge’s', async () => {
  const { get } = await serve();
  expect(await get('/cat.jpg?t=A&w=x')).toMatchObject({
    status: 400,
    text: 'w: got x',
    cache: 'FunctionGeneratedResponse from edgecrop',
  });
  expect(await get('/none.jpg')).toMatchObject({ status: 404, cache: 'Error from edgecrop' });
  expect(await get('/none.jpg')).toMatchObject({ status: 404 });
  expect(await get('/cat.jpg?t=A', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  expect(await get('/cat.jpg', { method: 'POST' })).toMatchObject({ status: 403 });
  expect(await get('/_edgecrop/metrics')).toMatchObject({ status: 404 });
});

withNginx('CORS headers are for viewers with an origin, whoever came first', async () => {
  const { get } = await serve();
  const withOrigin = { headers: { origin: 'https://example.com' } };
  for (const _cache of ['cold', 'warm']) {
    expect((await get('/cat.jpg?t=A', withOrigin)).headers).toMatchObject({
      'access-control-allow-origin': '*',
    });
    expect((await get('/cat.jpg?t=A')).headers).not.toHaveProperty('access-control-allow-origin');
  }
});

withNginx('what the edge does not keep, nginx does not keep', async () => {
  const { edge, get } = await serve({
    handler: `response.headers['cache-control'] = [{ key: 'Cache-Control', value: 'no-store' }]; return response;`,
  });
  for (let i = 0; i < 2; i++)
    expect(await get('/cat.jpg?t=A')).toMatchObject({ cache: 'Miss from edgecrop' });
  expect(edge.invocations()).toBe(2);
});

const configure = (assembly: string) => () =>
  nginxConfiguration({
    assembly: readAssembly(assembly),
    upstream: '127.0.0.1:8787',
    listen: '8080',
    cachePath: '/var/cache/nginx/edgecrop',
    folder: '/etc/nginx/edgecrop',
  });

test.each([
  ["import cf from 'cloudfront'; function handler(event) {}", 'the signature check reads a KeyValueStore'],
  ["import q from 'querystring'; function handler(event) {}", 'it imports modules of CloudFront’s engine'],
  ['async function handler(event) {}', 'it is async'],
])('a function that njs cannot run is refused by name: %s', async (FunctionCode, reason) => {
  const assembly = await writeAssembly({ properties: withFunction(FunctionCode) });
  expect(configure(assembly)).toThrow(`nginx can't run the function at viewer-request: ${reason}`);
});

test('several behaviours are refused by name', async () => {
  const assembly = await writeAssembly(behaviors({}, behavior('/avatars/*', 'avatars')));
  expect(configure(assembly)).toThrow('nginx serves one behaviour, and this assembly has /avatars/*, *');
});
