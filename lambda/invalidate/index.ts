import { createInvalidate } from './cloudfront';
import { createHandler } from './handler';

const distributionId = process.env.DISTRIBUTION_ID;
if (distributionId === undefined) throw new Error('DISTRIBUTION_ID: got nothing, allowed: a distribution');

export const handler = createHandler({
  invalidate: createInvalidate(distributionId),
  log: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
});
