import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { readMoved, readSwappedForFifo } from './other-races.ts';
import { acts, places, race } from './race.ts';
import { noSwapper } from './swapper.ts';

const reason = noSwapper();
const attempts = Number(process.env['BULWARK_RACE_ATTEMPTS'] ?? 10_000);

beforeAll(() => {
  configureEvents({ sinks: [] });
});

describe.skipIf(reason)(`names that are swapped meanwhile${reason ? `: ${reason}` : ''}`, () => {
  for (const act of acts) {
    it.each(places)(`${act}: swapping %s leads nowhere else, and past a check before it`, async (place) => {
      const guarded = await race(act, place, 'guarded', { attempts });
      const control = await race(act, place, 'checked before', { attempts, enough: 20 });
      console.log(JSON.stringify({ act, place, guarded, control }));
      expect(guarded).toMatchObject({ attempts, outside: 0 });
      expect(guarded.swaps).toBeGreaterThan(attempts);
      expect(guarded.inside).toBeGreaterThan(attempts / 100);
      // To remove a name never follows a link there.
      if (act !== 'remove' || place !== 'a/b/c/file') expect(control.outside).toBeGreaterThan(0);
    });
  }

  it('reads a file that is swapped for a FIFO, and waits for nobody', async () => {
    const { read, refused, swaps } = await readSwappedForFifo(attempts);
    console.log(JSON.stringify({ act: 'read', place: 'FIFO', read, refused, swaps }));
    expect(read + refused).toBe(attempts);
    expect(Math.min(read, refused, swaps)).toBeGreaterThan(0);
  });

  it('goes up to where it came from, not to where a directory was moved', async () => {
    const { own, foreign, swaps } = await readMoved(attempts);
    console.log(JSON.stringify({ act: 'read', place: 'moved', own, foreign, swaps }));
    expect(foreign).toBe(0);
    expect(Math.min(own, swaps)).toBeGreaterThan(0);
  });
});
