import { deploy, SLOW_CROPS, serveSelfHosted } from '../self-hosted-edge-fixture';

const crop = (width: number) => `/cat.jpg?t=A&w=${width}`;

test('says that it is well, and counts', async () => {
  const edge = await serveSelfHosted(
    await deploy({
      handler: `
        if (request.querystring.includes('w=9')) {
          response.headers['crop-status'] = [{ value: 'original;reason=too-many-pixels' }];
          return response;
        } ${SLOW_CROPS(300)}`,
    }),
  );
  const health = await edge.ask('/_edgecrop/health');
  expect([health.status, health.headers['content-type'], health.body.toString()]).toEqual([
    200,
    expect.stringMatching(/^application\/json/),
    '{"status":"ok"}',
  ]);
  await Promise.all([edge.ask(crop(1)), edge.ask(crop(1)), edge.ask(crop(1))]);
  await edge.ask(crop(1));
  await edge.ask(crop(9));
  const metrics = await edge.ask('/_edgecrop/metrics?any=query');
  expect(metrics.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = metrics.body.toString().split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'edgecrop_hits_total 1',
      'edgecrop_misses_total 4',
      'edgecrop_collapsed_total{where="process"} 2',
      'edgecrop_renders_total 1',
      'edgecrop_fallbacks_total{reason="too-many-pixels"} 1',
      `edgecrop_response_bytes_total ${4 * 'crop t=A&w=1'.length + 'the bytes of a cat'.length}`,
      'edgecrop_requests_total{result="Hit",status="200"} 1',
      'edgecrop_request_seconds_count{result="Miss"} 4',
      'edgecrop_origin_seconds_count 2',
      'edgecrop_renders_running 0',
      'edgecrop_renders_waiting 0',
    ]),
  );
  expect(metrics.body.toString()).not.toContain('edgecrop_redis_up');
});
