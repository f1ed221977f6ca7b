import { createInvalidate } from './cloudfront';
import { createHandler } from './handler';

const { DISTRIBUTION_ID: distributionId, ORIGIN_PATHS = '[""]' } = process.env;
if (distributionId === undefined)
  throw new Error('DISTRIBUTION_ID: got nothing, allowed: the id of a distribution');

export const handler = createHandler({
  invalidate: createInvalidate(distributionId),
  originPaths: JSON.parse(ORIGIN_PATHS) as readonly string[],
  log: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
});
