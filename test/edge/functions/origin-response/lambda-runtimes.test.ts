import type { Behavior, LambdaFunction } from '../../../../edge/assembly/behavior';
import { createLambdaRuntimes } from '../../../../edge/functions/origin-response/lambda-runtimes';

const lambda = (assetFolder: string): LambdaFunction => ({
  assetFolder,
  handler: 'index.handler',
  timeoutSeconds: 30,
  memoryMegabytes: 1769,
});
const behavior = (originResponse: LambdaFunction | undefined) => ({ originResponse }) as Behavior;

test('behaviours with one function share its processes, and all end together', async () => {
  const closed: string[] = [];
  const behaviors = [
    behavior(lambda('a')),
    behavior(undefined),
    behavior(lambda('b')),
    behavior(lambda('a')),
  ];
  const prepare = async (one: LambdaFunction) => ({ ...one, assetFolder: `${one.assetFolder}!` });
  const runtimes = await createLambdaRuntimes(behaviors, prepare, ({ assetFolder }) => ({
    invoke: async () => assetFolder,
    close: async () => {
      closed.push(assetFolder);
    },
  }));
  const event = {} as Parameters<NonNullable<ReturnType<typeof runtimes.runtimeFor>>['invoke']>[0];
  expect(await Promise.all(behaviors.map((one) => runtimes.runtimeFor(one)?.invoke(event)))).toEqual([
    'a!',
    undefined,
    'b!',
    'a!',
  ]);
  expect(runtimes.count).toBe(2);
  await runtimes.close();
  expect(closed).toEqual(['a!', 'b!']);
});
