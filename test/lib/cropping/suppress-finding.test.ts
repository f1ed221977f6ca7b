import { Aspects } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { StackOptions } from '../../../lib/configuration/options';
import { FULLEST, FULLEST_UNSHIELDED } from '../operations/operated';
import { stackOf } from '../templates';

test.each<[string, StackOptions]>([
  ['the smallest stack', {}],
  ['the fullest stack', FULLEST],
  ['the fullest stack without Origin Shield', FULLEST_UNSHIELDED],
])(
  "cdk-nag's AwsSolutions find nothing that is not explained in %s",
  (_name, configuration) => {
    const stack = stackOf(configuration);
    Aspects.of(stack).add(new AwsSolutionsChecks());
    const annotations = Annotations.fromStack(stack);
    const findings = [
      ...annotations.findError('*', Match.anyValue()),
      ...annotations.findWarning('*', Match.stringLikeRegexp('AwsSolutions')),
    ];
    expect(findings.map(({ id, entry }) => `${id}: ${String(entry.data).split('\n')[0]}`)).toEqual([]);
  },
  120_000,
);
