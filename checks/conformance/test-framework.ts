import assert from 'node:assert/strict';
import { afterAll, describe, it } from 'vitest';
import type { Case } from './case.ts';
import { cases } from './cases.ts';
import { Site } from './client/site.ts';
import { type Configuration, configurations } from './configurations.ts';
import type { ConformanceApp, RunningApp } from './contract.ts';
import { differenceOf } from './differences.ts';

/** Runs every case against a framework's application. */
export function testFramework(
  framework: string,
  load: () => Promise<{ readonly app: ConformanceApp }>,
): void {
  describe(framework, () => {
    const running = new Map<Configuration, Promise<RunningApp>>();
    const start = (on: Configuration): Promise<RunningApp> => {
      const known = running.get(on) ?? load().then(({ app }) => app.start(configurations[on]));
      running.set(on, known);
      return known;
    };
    afterAll(async () => {
      for (const app of running.values()) await (await app).close();
    });

    it.each(cases.map((each, index) => ({ ...each, index })))('$id: $sentence', async (each) => {
      const site = new Site(
        { framework, ...(await start(each.on ?? 'plain')) },
        `203.0.${113 + (each.index >> 8)}.${each.index & 255}`,
      );
      try {
        await judge(each, site);
      } finally {
        site.close();
      }
    });
  });
}

/** A difference that is no longer one fails too. */
async function judge(each: Case, site: Site): Promise<void> {
  const reason = differenceOf(each.id, site.framework);
  if (reason === undefined) await each.check(site);
  else await assert.rejects(each.check(site), `This is listed as different, and is not: ${reason}`);
}
