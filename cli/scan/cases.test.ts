import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Label, readApp, wrongIn } from './testing/apps.ts';
import { type Case, readCases } from './testing/cases.ts';
import { findingsOf, isRight } from './testing/judge.ts';
import { knownWrong } from './testing/known-wrong.ts';

const here = fileURLToPath(new URL('./rules/', import.meta.url));
const apps = fileURLToPath(new URL('../../checks/scan/apps/', import.meta.url));
const blind = fileURLToPath(new URL('../../checks/scan/blind/', import.meta.url));
const suite = fileURLToPath(new URL('../../checks/scan/suite/', import.meta.url));

async function wrongOf(cases: readonly Case[]): Promise<Case[]> {
  const wrong: Case[] = [];
  for (const one of cases) if (!isRight(one, await findingsOf(one))) wrong.push(one);
  return wrong;
}

function casesIn(folder: string): Case[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.cases'))
    .sort()
    .flatMap((path) => readCases(`${folder}${path}`));
}

describe('the scanner', () => {
  it('is right about its own cases, but for those that are known', { timeout: 120_000 }, async () => {
    const cases = casesIn(here);
    expect(cases.length).toBeGreaterThan(1500);
    const wrong = (await wrongOf(cases)).map((one) => `${one.rule}: ${one.title}`).sort();
    expect(wrong).toEqual([...knownWrong].sort());
  });

  it('scores at least 0.90 on the cases of somebody who had not seen it', { timeout: 120_000 }, async () => {
    const cases = casesIn(blind);
    expect(cases.length).toBeGreaterThan(500);
    expect(youden(cases, await wrongOf(cases))).toBeGreaterThanOrEqual(0.9);
  });

  it('scores at least 0.93 on cases of many libraries', { timeout: 120_000 }, async () => {
    const cases = casesIn(suite);
    expect(cases.length).toBe(1068);
    expect(youden(cases, await wrongOf(cases))).toBeGreaterThanOrEqual(0.93);
  });

  it('scores at least 0.90 on applications of somebody who had not seen it', {
    timeout: 120_000,
  }, async () => {
    const labels: Label[] = [];
    const wrong: Label[] = [];
    for (const name of readdirSync(apps).sort()) {
      const app = readApp(`${apps}${name}`);
      labels.push(...app.labels);
      wrong.push(...(await wrongIn(app)));
    }
    expect(labels.length).toBe(1523);
    expect(youden(labels, wrong)).toBeGreaterThanOrEqual(0.9);
  });
});

type Judged = readonly { readonly isBad: boolean }[];

/** True positive rate less false positive rate. */
function youden(all: Judged, wrong: Judged): number {
  const share = (isBad: boolean): number =>
    wrong.filter((one) => one.isBad === isBad).length / all.filter((one) => one.isBad === isBad).length;
  return 1 - share(true) - share(false);
}
