import pc from 'picocolors';
import type { Attack, Outcome } from '../attack/attack.ts';
import { reasonFor } from '../attack/reason.ts';
import type { Comparison } from '../legitimate/compare.ts';
import type { AblationResult } from '../run/ablate.ts';
import type { Shot } from '../run/fire-all.ts';
import { table } from './table.ts';

export interface Results {
  readonly theirs: readonly Shot[];
  readonly ours: readonly Shot[];
  readonly comparisons: readonly Comparison[];
  readonly ablated: readonly AblationResult[];
  readonly chromium: boolean;
  /** The database is a server's, and not the embedded one. */
  readonly server: boolean;
  readonly all: boolean;
}

/** Prints everything, and says by the exit code whether it is as it should be. */
export function report(results: Results): number {
  const problems: string[] = [];
  printPayloads(results, problems);
  printGroups(results, problems);
  printLegitimate(results, problems);
  printAblations(results, problems);
  if (!results.chromium) {
    console.log(
      pc.yellow(
        '\nNo Chromium: the rows marked "not confirmed" are XSS and framing, which only a browser can confirm.',
      ),
    );
  }
  if (problems.length > 0) {
    console.log(pc.red(`\nNot as it should be:\n${problems.map((problem) => `  ${problem}`).join('\n')}`));
    return 1;
  }
  console.log(pc.green('\nAll as it should be.'));
  return results.chromium ? 0 : 3;
}

function printPayloads({ theirs, ours, all, server }: Results, problems: string[]): void {
  const rows: string[][] = [];
  theirs.forEach((shot, i) => {
    const { attack, outcome } = shot;
    const mine = ours[i];
    if (!mine) return;
    const reason = outcome.lost === undefined && !outcome.unconfirmed ? reasonFor(attack, server) : undefined;
    if (attack.guide && outcome.lost === undefined && !outcome.unconfirmed && reason === undefined) {
      problems.push(
        `The guide's ${where(attack)} took nothing from the undefended application, and no reason is known.`,
      );
    }
    const loss = lossOf(mine.outcome);
    if (loss !== undefined) problems.push(`The defended application lost to ${where(attack)}: ${loss}.`);
    if (!attack.guide && !all) return;
    rows.push([
      attack.payload,
      attack.endpoint,
      outcome.unconfirmed
        ? 'not confirmed'
        : (outcome.lost ?? `nothing: ${reason ?? outcome.reached ?? outcome.markup ?? outcome.answer}`),
      loss === undefined ? mine.outcome.answer : `${mine.outcome.answer}: ${loss}`,
      [...new Set(mine.events.map(({ code }) => code))].join(' ') || 'none: harmless as data',
    ]);
  });
  console.log(
    all ? '\nEvery payload at every endpoint\n' : "\nThe guide's payloads at every fitting endpoint\n",
  );
  console.log(
    table(
      ['payload', 'endpoint', 'undefended lost', 'defended answered', 'event'],
      rows,
      [46, 26, 64, 20, 40],
    ),
  );
}

function printGroups({ theirs, ours }: Results, problems: string[]): void {
  const groups = new Map<string, { fired: number; theirs: number; ours: number; events: number }>();
  theirs.forEach(({ attack, outcome }, i) => {
    const key = `${attack.group}\0${attack.endpoint}`;
    const sum = groups.get(key) ?? { fired: 0, theirs: 0, ours: 0, events: 0 };
    sum.fired++;
    if (outcome.lost !== undefined) sum.theirs++;
    const mine = ours[i];
    if (mine && lossOf(mine.outcome) !== undefined) sum.ours++;
    sum.events += ours[i]?.events.length ?? 0;
    groups.set(key, sum);
  });
  const rows = [...groups].map(([key, sum]) => [...key.split('\0'), ...Object.values(sum).map(String)]);
  const total = (
    pick: (sum: { fired: number; theirs: number; ours: number; events: number }) => number,
  ): string => String([...groups.values()].reduce((sum, group) => sum + pick(group), 0));
  rows.push([
    'all',
    '',
    total((s) => s.fired),
    total((s) => s.theirs),
    total((s) => s.ours),
    total((s) => s.events),
  ]);
  console.log('\nAll payloads\n');
  console.log(
    table(
      ['attack', 'endpoint', 'fired', 'undefended lost', 'defended lost', 'events'],
      rows,
      [16, 30, 8, 16, 16, 8],
    ),
  );
  if (theirs.every(({ outcome }) => outcome.lost === undefined))
    problems.push('No attack landed on the undefended application.');
}

function printLegitimate({ comparisons }: Results, problems: string[]): void {
  const better = comparisons.filter(({ request }) => request.undefendedFails !== undefined);
  const alike = comparisons.filter((c) => c.request.undefendedFails === undefined && c.alike).length;
  console.log(
    `\nLegitimate requests: ${alike} of ${comparisons.length - better.length} answered alike by both.`,
  );
  for (const { request } of better) {
    console.log(`  only the defended one answers "${request.name}": ${request.undefendedFails}`);
  }
  for (const { request, alike: same, why } of comparisons) {
    if (!same)
      problems.push(`The legitimate request "${request.name}" was not answered as it should be: ${why}.`);
  }
}

/** A few stay away, as another line stops them: what only an error page had told, for one. */
const mostOf = 0.8;

function printAblations({ ablated, chromium }: Results, problems: string[]): void {
  const rows = ablated.map(({ ablation, attacks, back }) => [
    ablation.without,
    String(attacks),
    String(back),
    ablation.expects === 'markup' ? 'in the page; the policy stops their scripts' : 'fully',
  ]);
  console.log('\nThe defended application with one part taken out\n');
  console.log(table(['without', 'stopped before', 'back', 'how'], rows, [60, 16, 8, 44]));
  for (const { ablation, back, attacks } of ablated) {
    const browserOnly =
      ablation.part !== 'store' && ablation.part !== 'preview' && ablation.part !== 'errors';
    if ((back === 0 || back < attacks * mostOf) && (chromium || !browserOnly)) {
      problems.push(`Taking out ${ablation.without} brought only ${back} of ${attacks} exploits back.`);
    }
  }
}

/** What the defended application may not let happen: a loss, an attacker's markup, a connection. */
const lossOf = ({ lost, markup, reached }: Outcome): string | undefined => lost ?? markup ?? reached;

const where = ({ name, endpoint }: Attack): string => `"${name}" at ${endpoint}`;
