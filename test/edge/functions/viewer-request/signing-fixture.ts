import { bundleSigned } from '../../../support/signed-function';
import { type AssemblyFixture, distributionConfig } from '../../assembly/assembly-fixture';

/** An assembly whose viewer-request function answers signed URLs only. */
export function signedAssembly(code: string = bundleSigned()): AssemblyFixture {
  return {
    resources: {
      SigningKeys: { Type: 'AWS::CloudFront::KeyValueStore', Properties: { Name: 'keys' } },
      ViewerRequest: {
        Type: 'AWS::CloudFront::Function',
        Properties: {
          FunctionCode: code,
          FunctionConfig: {
            Runtime: 'cloudfront-js-2.0',
            KeyValueStoreAssociations: [{ KeyValueStoreARN: { 'Fn::GetAtt': ['SigningKeys', 'Arn'] } }],
          },
        },
      },
    },
    properties: {
      Distribution: {
        DistributionConfig: distributionConfig({
          FunctionAssociations: [
            { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['ViewerRequest', 'FunctionARN'] } },
          ],
        }),
      },
    },
  };
}
