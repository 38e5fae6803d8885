import { readdirSync } from 'node:fs';
import { type Case, readCases } from './cases.ts';
import { findingsOf, isRight } from './judge.ts';

/** Those that the scanner gets wrong. */
export async function wrongOf(cases: readonly Case[]): Promise<Case[]> {
  const wrong: Case[] = [];
  for (const one of cases) if (!isRight(one, await findingsOf(one))) wrong.push(one);
  return wrong;
}

/** All cases below a folder. */
export function casesIn(folder: string): Case[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.cases'))
    .sort()
    .flatMap((path) => readCases(`${folder}${path}`));
}

type Judged = readonly { readonly isBad: boolean }[];

/** True positive rate less false positive rate. */
export function youden(all: Judged, wrong: Judged): number {
  const share = (isBad: boolean): number =>
    wrong.filter((one) => one.isBad === isBad).length / all.filter((one) => one.isBad === isBad).length;
  return 1 - share(true) - share(false);
}
