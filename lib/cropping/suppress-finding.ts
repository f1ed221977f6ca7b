import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says why a finding of cdk-nag does not count for what a construct creates, in the metadata that cdk-nag
 * reads, so that whoever runs it on our stack is told the reason and not the finding. cdk-nag itself is not
 * needed for that.
 *
 * @param construct with all that it has created by now
 * @param rule such as `AwsSolutions-S1`
 */
export function suppressFinding(construct: IConstruct, rule: string, reason: string): void {
  for (const child of construct.node.findAll()) {
    if (!(child instanceof CfnResource)) continue;
    const { rules_to_suppress: earlier = [] } = (child.getMetadata('cdk_nag') ?? {}) as {
      rules_to_suppress?: readonly object[];
    };
    child.addMetadata('cdk_nag', { rules_to_suppress: [...earlier, { id: rule, reason }] });
  }
}
