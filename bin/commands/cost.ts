import { Command, InvalidArgumentError } from 'commander';
import { bill, type Usage } from '../../cost/bill';
import { PRICES } from '../../cost/prices';
import { printBill } from '../../cost/table';
import { withExample } from './options';

interface CostOptions {
  readonly requests: number;
  readonly miss: number;
  readonly otherMiss: number;
  readonly original: number;
  readonly variant: number;
  readonly render: number;
  readonly memory: number;
  readonly regions: number;
  readonly metrics: number;
  readonly alarms: number;
  readonly originShield?: boolean;
  readonly signing?: boolean;
  readonly dashboard?: boolean;
  readonly webAcl?: boolean;
  readonly freeTier?: boolean;
}

/** `edgecrop cost`: what a month of a deployment costs by list prices. */
export function createCostCommand(): Command {
  return new Command('cost')
    .description('Computes what a month of a deployment costs, from list prices.')
    .option('--requests <n>', 'requests of viewers a month', parseNumber, 1e6)
    .option('--miss <share>', 'share of them that render a crop', parseShare, 0.05)
    .option('--other-miss <share>', 'share of them that miss for an original or a 404', parseShare, 0)
    .option('--original <size>', 'size of an original, as 2MB', parseSize, 2e6)
    .option('--variant <size>', 'size of what a viewer gets, as 30kB', parseSize, 30_000)
    .option('--render <ms>', 'milliseconds that a crop takes', parseNumber, 125)
    .option('--memory <mb>', 'memory of the function that renders', parseNumber, 1769)
    .option('--regions <n>', 'regions that viewers are near to', parseNumber, 13)
    .option('--metrics <n>', 'metrics of the function in each region', parseNumber, 20)
    .option('--alarms <n>', 'metrics that alarms watch', parseNumber, 0)
    .option('--origin-shield', "Origin Shield in the bucket's region")
    .option('--signing', 'URLs are signed')
    .option('--dashboard', 'with the dashboard')
    .option('--web-acl', 'with a web ACL of one rule')
    .option('--free-tier', 'take off what is always free')
    .configureOutput(withExample('edgecrop cost --requests 1e6 --miss 0.05 --original 2MB'))
    .addHelpText(
      'after',
      `
Examples:
  edgecrop cost --requests 1e6 --miss 0.05 --original 2MB
  edgecrop cost --requests 1e6 --miss 0.05 --original 2MB --origin-shield

The prices are in cost/prices.ts, with their date and source.`,
    )
    .action((options: CostOptions) => {
      process.stdout.write(printBill(bill(usageOf(options), PRICES)));
    });
}

function usageOf(options: CostOptions): Usage {
  return {
    requests: options.requests,
    misses: options.miss,
    otherMisses: options.otherMiss,
    originalBytes: options.original,
    variantBytes: options.variant,
    renderMs: options.render,
    memorySize: options.memory,
    regions: options.regions,
    metrics: options.metrics,
    alarms: options.alarms,
    originShield: options.originShield ?? false,
    signing: options.signing ?? false,
    dashboard: options.dashboard ?? false,
    webAcl: options.webAcl ?? false,
    freeTier: options.freeTier ?? false,
  };
}

function parseNumber(text: string): number {
  if (/^\d+(\.\d+)?(e\d{1,2})?$/i.test(text)) return Number(text);
  throw new InvalidArgumentError('Allowed: a number, as 250000 or 1e6.');
}

function parseShare(text: string): number {
  const share = Number(text);
  if (/^[01](\.\d+)?$/.test(text) && share <= 1) return share;
  throw new InvalidArgumentError('Allowed: a share from 0 to 1, as 0.05.');
}

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 };

function parseSize(text: string): number {
  const [, number, unit = 'b'] = /^(\d+(?:\.\d+)?)(b|kb|mb|gb)?$/i.exec(text) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  if (number !== undefined && factor !== undefined) return Number(number) * factor;
  throw new InvalidArgumentError('Allowed: bytes, or a size as 30kB or 2MB.');
}
