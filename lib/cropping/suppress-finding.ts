import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Explains why a finding of cdk-nag does not apply to what a construct has created so far, in the metadata that
 * cdk-nag reads. Whoever runs cdk-nag on our stack sees the reason in place of the finding; we do not need it.
 *
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
