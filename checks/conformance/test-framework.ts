import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { root } from '../repository.ts';
import type { Case } from './case.ts';
import { cases } from './cases.ts';
import { Site } from './client/site.ts';
import { type Configuration, configurations } from './configurations.ts';
import type { ConformanceApp, RunningApp } from './contract.ts';
import { differenceOf } from './differences.ts';
import { type Framework, frameworks } from './frameworks.ts';
import { cellOf, readTable } from './table.ts';

/** Runs every case against a framework's application, and compares the page with what it found. */
export function testFramework(
  framework: Framework,
  load: () => Promise<{ readonly app: ConformanceApp }>,
  reason?: string,
): void {
  describe.skipIf(reason)(reason === undefined ? framework : `${framework}: ${reason}`, () => {
    const running = new Map<Configuration, Promise<RunningApp>>();
    const start = (on: Configuration): Promise<RunningApp> => {
      const known = running.get(on) ?? load().then(({ app }) => app.start(configurations[on]));
      running.set(on, known);
      return known;
    };
    // Importing a framework may take longer than a case.
    beforeAll(async () => void (await start('plain')));
    afterAll(async () => {
      for (const app of running.values()) await (await app).close();
    });

    const passed = new Set<string>();
    for (const [index, each] of cases.entries()) {
      it(`${each.id}: ${each.sentence}`, async () => {
        // Reserved for documentation (RFC 5737), and no other case has it.
        const address = index < 250 ? `203.0.113.${index}` : `192.0.2.${index - 250}`;
        const site = new Site({ framework, ...(await start(each.on ?? 'plain')) }, address);
        try {
          await judge(each, site);
          passed.add(each.id);
        } finally {
          site.close();
        }
      });
    }

    it('docs/adapters.md says what was found (npx tsx checks/conformance/write-table.ts)', () => {
      const table = readTable(readFileSync(join(root, 'docs/adapters.md'), 'utf8'));
      const said = [...passed].map((id) => `${id}: ${table.get(id)?.get(frameworks[framework])}`);
      assert.deepEqual(
        said,
        [...passed].map((id) => `${id}: ${cellOf(id, framework, true)}`),
      );
    });
  });
}

/** A difference that is no longer one fails too. */
async function judge(each: Case, site: Site): Promise<void> {
  const reason = differenceOf(each.id, site.framework);
  if (reason === undefined) await each.check(site);
  else await assert.rejects(each.check(site), `This is listed as different, and is not: ${reason}`);
}
