import { expect, it } from 'vitest';
import type { Attack } from '../attack/attack.ts';
import { summarize } from '../report/summary.ts';
import { watchRun } from './run-progress.ts';

const attack: Attack = {
  ...{ group: 'XSS', name: 'x', payload: 'x', kind: 'x', endpoint: 'GET search q', guide: false },
  ...{ part: 'pages', code: [], fire: async () => ({ answer: '' }) },
};
const shot = (lost?: string) => ({
  ...{ attack, events: [], at: 0 },
  outcome: { answer: '200', ...(lost !== undefined && { lost }) },
});

it('counts what both have answered, and keeps the summary of the whole run', () => {
  const watch = watchRun();
  expect([watch.done, watch.of, watch.finished, watch.summary().total.fired]).toEqual([0, 0, false, 0]);
  watch.start(2);
  watch.say('Attacking');
  watch.shot('undefended', shot('rows'));
  expect([watch.done, watch.summary().total.undefendedLost]).toEqual([0, 0]);
  watch.shot('defended', shot());
  expect([watch.doing, watch.done, watch.of]).toEqual(['Attacking', 1, 2]);
  expect(watch.summary().total).toMatchObject({ fired: 1, undefendedLost: 1, defendedLost: 0 });
  expect(watch.summary()).toBe(watch.summary());
  watch.shot('undefended', shot());
  watch.shot('defended', shot());
  expect(watch.summary().total.fired).toBe(2);
  const whole = summarize({
    ...{ theirs: [shot('a')], ours: [shot()], comparisons: [], ablated: [], chromium: true, server: false },
  });
  watch.finish(whole);
  expect([watch.finished, watch.summary()]).toEqual([true, whole]);
});
