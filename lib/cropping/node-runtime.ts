import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';

/** Written out, so that a CDK older than this runtime works too. */
export const NODE_RUNTIME = new Runtime('nodejs24.x', RuntimeFamily.NODEJS);
