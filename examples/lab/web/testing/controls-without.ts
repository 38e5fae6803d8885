import type { Outcome } from '../../attack/attack.ts';
import type { Guard } from '../../run/replacement.ts';
import type { Controls, Duel } from '../controls.ts';

/** Stands in for the two applications alone: what they do is shown by walk.long.test.ts. */
export function controlsWithout(outcome: Outcome): Controls {
  const duels: Duel[] = [];
  let out: ReadonlySet<Guard> = new Set();
  return {
    ...{ undefendedUrl: 'http://127.0.0.1:1/a/', defendedUrl: 'http://127.0.0.1:2/b/' },
    opened: new Promise(() => {}),
    ...{ duels, events: [] },
    get out() {
      return out;
    },
    secrets: () => ['S3CRET'],
    async fire(place, payload) {
      const duel: Duel = {
        ...{ id: duels.length + 1, place, payload, time: new Date(), tookMs: 1, out: [...out], events: [] },
        ...{ undefended: outcome, defended: { answer: '200' } },
      };
      duels.unshift(duel);
      return duel;
    },
    async takeOut(guards) {
      out = new Set(guards);
    },
    async reset() {},
    onEvents: () => () => {},
    async idle() {},
    async close() {},
  };
}
