import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareText } from '../../finding/finding-order.ts';
import { type Case, isCaseFile, readCases } from './cases.ts';
import { findingsOf, isRight, othersIn } from './judge.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Judgement {
  /** Cases that the scanner gets wrong. */
  readonly wrong: readonly Case[];
  /** Findings that no case expects, as `path of the cases: title | rule path:line`. */
  readonly others: readonly string[];
}

export async function judge(cases: readonly Case[]): Promise<Judgement> {
  const wrong: Case[] = [];
  const others: string[] = [];
  for (const one of cases) {
    const findings = await findingsOf(one);
    if (!isRight(one, findings)) wrong.push(one);
    const path = relative(root, one.at.replace(/:\d+$/, ''));
    for (const { rule, place } of othersIn(one, findings))
      others.push(`${path}: ${one.title} | ${rule} ${place.path}:${place.line}`);
  }
  return { wrong, others: others.sort(compareText) };
}

/** All cases below a folder. */
export function casesIn(folder: string): Case[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isCaseFile)
    .sort()
    .flatMap((path) => readCases(`${folder}${path}`));
}

type Judged = readonly { readonly isBad: boolean }[];

/** The true positive rate minus the false positive rate. */
export function youden(all: Judged, wrong: Judged): number {
  const share = (isBad: boolean): number =>
    wrong.filter((one) => one.isBad === isBad).length / all.filter((one) => one.isBad === isBad).length;
  return 1 - share(true) - share(false);
}
