import { readAssembly, servedBehaviors } from '../../../../edge/assembly/assembly';
import { createViewerRequestEvent } from '../../../../edge/functions/viewer-request/viewer-request-event';
import { createViewerRequestFunction } from '../../../../edge/functions/viewer-request/viewer-request-function';
import { assemblyDir } from '../../../support/assembly';
import { countSteps } from '../../../support/steps';
import { REQUEST, UNGUARDED } from './function-fixture';

/** As many parameters as a URL of CloudFront's length holds. */
const query = (names: number) =>
  Array.from({ length: names }, (_, index) => `${index.toString(36)}=`).join('&');

test('a name that every object has is a name like any other', () => {
  const { querystring } = createViewerRequestEvent({
    ...REQUEST,
    querystring: '__proto__=1&constructor=2',
  }).request;
  expect(JSON.stringify(querystring)).toBe('{"__proto__":{"value":"1"},"constructor":{"value":"2"}}');
});

test('the work of an event grows with the number of parameters', async () => {
  const steps = (names: number) =>
    countSteps(() => createViewerRequestEvent({ ...REQUEST, querystring: query(names) }));
  expect((await steps(2000)) / (await steps(500))).toBeLessThan(5);
});

test.each([
  ['different names', (length: number) => `t=A&${query(length)}`],
  ['one name', (length: number) => `t=A${'&w=1'.repeat(length)}`],
  ['escapes', (length: number) => `t=A&%77=${'%31'.repeat(length)}`],
])('the work of the deployed function grows with the length of the query: %s', async (_, queryOf) => {
  const [behavior] = servedBehaviors(readAssembly(assemblyDir()));
  const run = createViewerRequestFunction(behavior!.viewerRequest!, { log: () => {}, watchdog: UNGUARDED });
  const steps = (length: number) =>
    countSteps(() => run({ ...REQUEST, uri: '/cat.jpg', querystring: queryOf(length) }));
  await steps(1);
  expect((await steps(2000)) / (await steps(500))).toBeLessThan(5);
});
