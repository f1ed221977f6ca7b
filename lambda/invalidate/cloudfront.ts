import { CloudFrontClient, CreateInvalidationCommand, InvalidArgument } from '@aws-sdk/client-cloudfront';
import { type Invalidate, InvalidPath } from './handler';

/** Purges paths from a distribution. */
export function createInvalidate(
  distributionId: string,
  client: CloudFrontClient = new CloudFrontClient({}),
): Invalidate {
  return async (paths, reference) => {
    try {
      await client.send(
        new CreateInvalidationCommand({
          DistributionId: distributionId,
          InvalidationBatch: {
            CallerReference: reference,
            Paths: { Quantity: paths.length, Items: [...paths] },
          },
        }),
      );
    } catch (error) {
      throw error instanceof InvalidArgument ? new InvalidPath(error.message, { cause: error }) : error;
    }
  };
}
