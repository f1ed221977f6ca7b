import { type BillItem, total } from './bill';
import { PRICED_ON } from './prices';

/** A bill as people read it: a line each, dearest first, with what it is computed from. */
export function printBill(items: readonly BillItem[]): string {
  const dearestFirst = [...items].sort((a, b) => b.usd - a.usd);
  const rows = dearestFirst.map(({ what, units, price, usd }) => [
    what,
    `${amount(units)} ${price.unit} at $${price.usd}${price.per === 1 ? '' : ` per ${amount(price.per)}`}`,
    dollars(usd),
  ]);
  const last = [
    'together, a month',
    `list prices of ${PRICED_ON}, computed, not billed`,
    dollars(total(items)),
  ];
  return `${aligned([...rows, last]).join('\n')}\n`;
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(([what = '', from = '', usd = '']) =>
    [what.padEnd(widths[0] ?? 0), from.padEnd(widths[1] ?? 0), usd.padStart(widths[2] ?? 0)].join('  '),
  );
}

function amount(units: number): string {
  return units.toLocaleString('en-US', { maximumFractionDigits: units < 10 ? 2 : 0 });
}

function dollars(usd: number): string {
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
