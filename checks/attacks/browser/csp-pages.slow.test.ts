import { afterAll, beforeAll, expect, test } from 'vitest';
import { surprises, type Verdict } from './case.ts';
import { injections } from './csp-pages.ts';
import { type CspSite, startCspSite } from './csp-site.ts';
import { usedPages } from './csp-used-pages.ts';

let site: CspSite;
beforeAll(async () => {
  site = await startCspSite();
});
afterAll(() => site.close());

/** Opens the pages of these cases, and adds to `hits` what runs. */
async function open(cases: readonly number[], off: boolean): Promise<void> {
  const together = cases.filter((at) => !injections[at]?.alone);
  const groups = cases.filter((at) => injections[at]?.alone).map((at) => [at]);
  for (let at = 0; at < together.length; at += 8) groups.push(together.slice(at, at + 8));
  const lane = async (): Promise<void> => {
    const page = await site.context.newPage();
    for (let group = groups.shift(); group; group = groups.shift()) {
      const url = `${site.origin}/page?cases=${group.join(',')}${off ? '&off=1' : ''}`;
      await page.goto(url, { waitUntil: 'commit', timeout: 5_000 }).catch(() => {});
      await page.waitForLoadState('load', { timeout: 1_000 }).catch(() => {});
      await page.waitForTimeout(60);
    }
    await page.close();
  };
  await Promise.all([lane(), lane(), lane()]);
  if (site.hits.has('base'))
    site.hits.add(String(injections.findIndex(({ name }) => name === 'base element')));
}

test('what is injected into a page runs nothing and asks no other host; without the policy most of it does', async () => {
  site.hits.clear();
  await open([...injections.keys()], false);
  const verdicts = injections.map(
    (one, at): Verdict => [one, site.hits.has(String(at)) ? 'ran, or asked another host' : ''],
  );
  expect(surprises(verdicts)).toEqual([]);
  // Some start late on a busy machine, so those that are missing get another chance.
  let missing = injections.flatMap(({ inert }, at) => (inert ? [] : [at]));
  for (let turn = 0; turn < 4 && missing.length > 0; turn++) {
    await open(missing, true);
    missing = missing.filter((at) => !site.hits.has(String(at)));
  }
  expect(missing.map((at) => injections[at]?.name)).toEqual([]);
});

test('pages as applications write them work', async () => {
  const verdicts: Verdict[] = [];
  await Promise.all(
    [0, 1, 2, 3].map(async (lane) => {
      const page = await site.context.newPage();
      for (const [at, [name, , title]] of usedPages.entries()) {
        if (at % 4 !== lane) continue;
        await page.goto(`${site.origin}/use/${at}`, { waitUntil: 'commit' });
        const got = await page
          .waitForFunction((expected) => document.title === expected, title, { timeout: 5_000, polling: 10 })
          .then(
            () => title,
            () => page.title(),
          );
        verdicts.push([{ kind: 'use', name }, got === title ? '' : `gives ${got}`]);
      }
      await page.close();
    }),
  );
  expect(surprises(verdicts)).toEqual([]);
});
