import { Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { z } from 'zod';

/**
 * Requires the stack of a construct to be in us-east-1: Lambda@Edge functions are created in no other region.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
 *
 * @throws Error if the stack is in another region, or could be deployed to one
 */
export function requireUsEast1(scope: Construct): void {
  const { region, stackName } = Stack.of(scope);
  if (region === 'us-east-1') return;
  const came = Token.isUnresolved(region) ? 'no region' : `region ${region}`;
  throw new Error(
    `stack ${stackName}: got ${came}, allowed: us-east-1, where Lambda@Edge functions live; ` +
      `pass env: { region: 'us-east-1' }`,
  );
}

/** The regions that CloudFront reads buckets in: those of its own partition, as far as this CDK knows them. */
const REGIONS = RegionInfo.regions.filter(({ partition }) => partition === 'aws').map(({ name }) => name);

const ALLOWED = 'a region of the aws partition, as in eu-central-1';

/** A region in which a bucket can be. */
export const regionSchema = z
  .string({ error: ALLOWED })
  .refine((name) => REGIONS.includes(name), { error: ALLOWED });
