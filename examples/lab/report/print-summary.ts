import pc from 'picocolors';
import type { Summary } from './summary.ts';
import { table } from './table.ts';

/**
 * Prints a run to the terminal.
 *
 * @param all a line for each payload, not only for those of the guide
 */
export function printSummary(summary: Summary, all: boolean): void {
  printAttacks(summary, all);
  printGroups(summary);
  printLegitimate(summary);
  printAblations(summary);
  if (!summary.chromium) {
    console.log(
      pc.yellow('\nNo Chromium: rows marked "not confirmed" are those that only a browser can confirm.'),
    );
  }
  if (summary.problems.length > 0) {
    const list = summary.problems.map((problem) => `  ${problem}`).join('\n');
    console.log(pc.red(`\nProblems:\n${list}`));
  } else console.log(pc.green('\nThe defended shop held.'));
}

function printAttacks({ attacks }: Summary, all: boolean): void {
  const rows = attacks
    .filter(({ guide }) => guide || all)
    .map(({ payload, endpoint, confirmed, undefended, defended, events }) => [
      payload,
      endpoint,
      confirmed ? (undefended.lost ?? `nothing: ${undefended.reason ?? undefended.answer}`) : 'not confirmed',
      defended.lost === undefined ? defended.answer : `${defended.answer}: ${defended.lost}`,
      [...new Set(events)].join(' ') || 'none: it had no effect',
    ]);
  console.log(
    all
      ? '\nEvery payload at every endpoint\n'
      : "\nThe guide's payloads, each at the endpoints that it fits\n",
  );
  console.log(
    table(
      ['payload', 'endpoint', 'undefended lost', 'defended answered', 'event'],
      rows,
      [46, 42, 64, 26, 40],
    ),
  );
}

function printGroups({ groups, total }: Summary): void {
  const rows = [...groups, { group: 'all', endpoint: '', ...total }].map((sum) => [
    ...[sum.group, sum.endpoint],
    ...[sum.fired, sum.undefendedLost, sum.defendedLost, sum.events].map(String),
  ]);
  console.log('\nAll attacks by endpoint\n');
  console.log(
    table(
      ['attack', 'endpoint', 'fired', 'undefended lost', 'defended lost', 'events'],
      rows,
      [18, 42, 8, 16, 16, 8],
    ),
  );
}

function printLegitimate({ legitimate }: Summary): void {
  console.log(`\nHonest requests: both shops answered ${legitimate.alike} of ${legitimate.of} alike.`);
  for (const { name, undefendedFails } of legitimate.better) {
    console.log(`  only the defended shop answers "${name}": ${undefendedFails}`);
  }
}

function printAblations({ ablations }: Summary): void {
  if (ablations.length === 0) return;
  const rows = ablations.map(({ without, attacks, back, how }) => [
    without,
    String(attacks),
    String(back),
    how === 'markup' ? 'as markup: the policy still stops its scripts' : 'fully',
  ]);
  console.log('\nThe defended shop with one guard taken out\n');
  console.log(table(['without', 'stopped before', 'landed again', 'how'], rows, [60, 16, 14, 46]));
}
