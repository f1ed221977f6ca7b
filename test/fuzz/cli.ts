/** Usage: npm run fuzz -- [--runs 2000] [--seed 1] */
import { Command } from 'commander';
import { parseCount } from '../../bin/commands/options';
import { fuzz } from './fuzz';

async function main(): Promise<void> {
  const values = new Command('npm run fuzz --')
    .description('Random requests with random and broken originals; the laws hold for each.')
    .option('--runs <n>', 'how many', parseCount, 2000)
    .option('--seed <n>', 'the same seed gives the same runs', parseCount, 1)
    .parse()
    .opts<{ runs: number; seed: number }>();
  const { runs, outcomes, violations } = await fuzz(values.runs, values.seed);
  console.table(outcomes);
  for (const { run, rule, input } of violations) {
    console.error(
      `run ${run}: ${rule}\n  ${JSON.stringify(input.event)}\n  ${input.bytes.toString('base64').slice(0, 400)}`,
    );
  }
  console.log(`${runs} runs, ${violations.length} broken rules`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}

void main();
