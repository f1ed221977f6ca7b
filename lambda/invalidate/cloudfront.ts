import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import type { Invalidate } from './handler';

/** Purges paths from a distribution. */
export function createInvalidate(
  distributionId: string,
  client: CloudFrontClient = new CloudFrontClient({}),
): Invalidate {
  return async (paths, reference) => {
    await client.send(
      new CreateInvalidationCommand({
        DistributionId: distributionId,
        InvalidationBatch: {
          CallerReference: reference,
          Paths: { Quantity: paths.length, Items: [...paths] },
        },
      }),
    );
  };
}
