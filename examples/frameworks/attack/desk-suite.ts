import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { attackDesk } from './attack-desk.ts';
import { folderOf, install } from './install.ts';
import { type AttackClass, attackClasses, type Outcome } from './outcome.ts';
import { type Run, tableOf } from './print-table.ts';
import { send } from './send.ts';
import { type Desk, startDesk } from './start-desk.ts';
import { walk } from './walk.ts';

const minutes = 60_000;

/**
 * Attacks both twins of the Desk in a folder beside this one.
 *
 * @param stoppedByItself what the framework itself stops, whatever its developer does
 */
export async function deskSuite(name: string, ...stoppedByItself: readonly AttackClass[]): Promise<void> {
  const runs: Run[] = [];
  const reason = missing('chromium') ?? (await install(name));

  describe.skipIf(reason)(`Desk with ${name}${reason ? `: ${reason}` : ''}`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser?.close();
      console.log(
        `Attacks that got through, of those that were tried: undefended > defended\n${tableOf(runs)}`,
      );
    });

    async function attack(desk: Desk, twin: Run['twin']): Promise<readonly Outcome[]> {
      const outcomes = await attackDesk(desk.base, browser).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${desk.log().slice(-2_000)}`);
      });
      runs.push({ name, twin, outcomes });
      return outcomes;
    }

    it('loses an attack of each class when it is undefended', { timeout: 15 * minutes }, async () => {
      const desk = await startDesk(folderOf(name), 'undefended');
      try {
        const outcomes = await attack(desk, 'undefended');
        const lost = new Set(outcomes.filter(({ lost }) => lost !== undefined).map(({ kind }) => kind));
        expect(attackClasses.filter((kind) => !lost.has(kind))).toEqual(stoppedByItself);
      } finally {
        await desk.stop();
      }
    });

    describe('defended', () => {
      let desk: Desk;
      beforeAll(async () => {
        desk = await startDesk(folderOf(name), 'defended');
      }, 5 * minutes);
      afterAll(async () => {
        await desk?.stop();
      });

      it('serves an ordinary user', { timeout: 3 * minutes }, async () => {
        expect(await walk(desk.base, browser)).toEqual([]);
      });

      it('loses no attack', { timeout: 15 * minutes }, async () => {
        const outcomes = await attack(desk, 'defended');
        expect(outcomes.filter(({ lost }) => lost !== undefined)).toEqual([]);
        expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(attackClasses));
      });

      it('still serves its pages afterwards', async () => {
        expect((await send(desk.base, 'GET', '/login')).status).toBe(200);
      });
    });
  });
}
