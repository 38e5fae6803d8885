import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { falseIn, type Label, readApp, wrongIn } from './testing/apps.ts';
import { namesOfOthers } from './testing/known-others.ts';
import { casesIn, judge, youden } from './testing/score-of.ts';

const apps = fileURLToPath(new URL('../../checks/scan/apps/', import.meta.url));
const secure = fileURLToPath(new URL('../../checks/scan/secure/', import.meta.url));
const suite = fileURLToPath(new URL('../../checks/scan/suite/', import.meta.url));

/** False alarms that are known, with what the scanner does not see. */
const knownFalse: readonly string[] = [
  // Each address is one of a set that passed `all(is_public(address) for address in addresses)`.
  'marina-flask.app: marina_app/marina/outbound.py:86 ssrf/request',
];

describe('the scanner', () => {
  it('scores at least 0.90 on cases of many libraries', { timeout: 600_000 }, async () => {
    const cases = casesIn(suite);
    expect(cases.length).toBe(440);
    const { wrong, others } = await judge(cases);
    expect(youden(cases, wrong)).toBeGreaterThanOrEqual(0.9);
    expect(others).toEqual(namesOfOthers('suite'));
  });

  it('says nothing of secure code, but what is known', { timeout: 600_000 }, async () => {
    const said: string[] = [];
    for (const name of readdirSync(secure).sort())
      said.push(...(await falseIn(readApp(`${secure}${name}`))).map((one) => `${name}: ${one}`));
    expect(said).toEqual(knownFalse);
  });

  it('scores at least 0.90 on applications, most of them by people who had not seen it', {
    timeout: 600_000,
  }, async () => {
    const labels: Label[] = [];
    const wrong: Label[] = [];
    for (const name of readdirSync(apps).sort()) {
      const app = readApp(`${apps}${name}`);
      labels.push(...app.labels);
      wrong.push(...(await wrongIn(app)));
    }
    expect(labels.length).toBe(3941);
    expect(youden(labels, wrong)).toBeGreaterThanOrEqual(0.9);
  });
});
