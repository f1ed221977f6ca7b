import { Command, InvalidArgumentError } from 'commander';
import { readAccount, readDeployment } from '../../doctor/aws';
import { type Diagnosis, diagnoseAccount, diagnoseDeployment } from '../../doctor/diagnose';
import { EDGE_REGIONS } from '../../lib/configuration/edge-regions';
import { withExample } from './options';

interface DoctorOptions {
  readonly stack: string;
  readonly picture?: string;
}

/** `edgecrop doctor`: what stands in the way of a first deploy, and whether a deployed stack is well. */
export function createDoctorCommand(): Command {
  return new Command('doctor')
    .description('Checks an AWS account before a deploy, and a stack after it. Changes nothing.')
    .option('--stack <name>', 'the deployed stack', 'Edgecrop')
    .option('--picture <path>', 'the path of an original, to ask for a crop of it', parsePath)
    .configureOutput(withExample('edgecrop doctor --picture /photos/cat.jpg'))
    .addHelpText(
      'after',
      `
Example:
  edgecrop doctor --picture /photos/cat.jpg

The credentials are those that the AWS SDK finds. What each line means: docs/first-deploy.md.
Exits with 1 where something needs attention.`,
    )
    .action(async ({ stack, picture }: DoctorOptions) => {
      const deployment = await readDeployment(stack, picture);
      const diagnoses = [
        ...diagnoseAccount(await readAccount(EDGE_REGIONS)),
        ...(deployment ? diagnoseDeployment(deployment) : []),
      ];
      process.stdout.write(print(diagnoses));
      if (!deployment)
        process.stdout.write(`\nThere is no stack ${stack} yet: only the account was looked at.\n`);
      if (diagnoses.some(({ verdict }) => verdict === 'attention')) process.exitCode = 1;
    });
}

const VERDICTS: Readonly<Record<Diagnosis['verdict'], string>> = {
  ok: 'ok',
  attention: 'ATTENTION',
  unknown: 'unknown',
};

function print(diagnoses: readonly Diagnosis[]): string {
  const width = Math.max(...diagnoses.map(({ name }) => name.length));
  return diagnoses
    .map(({ name, verdict, text }) => `${VERDICTS[verdict].padEnd(9)}  ${name.padEnd(width)}  ${text}\n`)
    .join('');
}

function parsePath(text: string): string {
  if (/^\/[^?#]+$/.test(text)) return text;
  throw new InvalidArgumentError('Allowed: a path that begins with /, without a query.');
}
