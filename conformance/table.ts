import type { Report } from './run';

type Row = readonly [result: string, name: string, text: string];

/** The report as people read it: a line for each check and probe, and a last one that counts. */
export function printTable(report: Report): string {
  const checks = report.checks.map(({ check, verdict }): Row => {
    if (verdict.kind === 'pass') return ['pass', check.name, check.about];
    const result = verdict.kind === 'fail' ? 'FAIL' : 'could not tell';
    return [result, check.name, verdict.reason];
  });
  const probes = report.probes.map(({ probe, finding }): Row => {
    return finding.kind === 'told'
      ? ['told', probe.name, `${probe.about} ${finding.what}`]
      : ['could not tell', probe.name, `${probe.about} ${finding.reason}`];
  });
  const rows = [...checks, ...probes];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map(([result, name, text]) =>
    [result.padEnd(widths[0] ?? 0), name.padEnd(widths[1] ?? 0), oneLine(text)].join('  '),
  );
  return [...lines.slice(0, checks.length), '', ...lines.slice(checks.length), '', count(report), ''].join(
    '\n',
  );
}

function count({ checks, probes }: Report): string {
  const of = (kind: string) => checks.filter(({ verdict }) => verdict.kind === kind).length;
  const told = probes.filter(({ finding }) => finding.kind === 'told').length;
  return (
    `${checks.length} checks: ${of('pass')} passed, ${of('fail')} failed, ${of('unknown')} could not tell. ` +
    `${probes.length} probes: ${told} told.`
  );
}

/** Reasons quote what a server sent. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
