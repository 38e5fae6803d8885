import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { readSwappedForFifo } from './other-races.ts';
import { acts, race } from './race.ts';
import { noSwapper } from './swapper.ts';

const reason = noSwapper();
const attempts = 150;

beforeAll(() => {
  configureEvents({ sinks: [] });
});

// With 10,000 attempts at each place: races.long.test.ts.
describe.skipIf(reason)(`names that are swapped meanwhile${reason ? `: ${reason}` : ''}`, () => {
  it.each(acts)('%s: swapping a directory leads nowhere else, and past a check before it', async (act) => {
    const guarded = await race(act, 'a/b', 'guarded', { attempts });
    const control = await race(act, 'a/b', 'checked before', { attempts: 5_000, enough: 1 });
    expect(guarded).toMatchObject({ attempts, outside: 0 });
    expect(Math.min(guarded.inside, guarded.swaps, control.outside)).toBeGreaterThan(0);
  });

  it('reads a file that is swapped for a FIFO, and waits for nobody', async () => {
    const { read, refused } = await readSwappedForFifo(attempts);
    expect(read + refused).toBe(attempts);
    expect(Math.min(read, refused)).toBeGreaterThan(0);
  });
});
