import type { Attack } from '../attack/attack.ts';
import { compareLegitimate } from '../legitimate/compare.ts';
import type { Results } from '../report/summary.ts';
import { ablate } from './ablate.ts';
import { fireAll } from './fire-all.ts';
import type { Lab } from './open-lab.ts';

/** The whole run: every attack at both, every legitimate request at both, and every ablation. */
export async function attackBoth(
  lab: Lab,
  attacks: readonly Attack[],
  progress: (text: string) => void,
): Promise<Omit<Results, 'server'>> {
  const { undefended, defended } = lab;
  const done = { undefended: 0, defended: 0 };
  const show = (side: keyof typeof done) => (count: number) => {
    done[side] = count;
    const { length } = attacks;
    progress(`attacks fired: undefended ${done.undefended}, defended ${done.defended} of ${length}`);
  };
  const [theirs, ours] = await Promise.all([
    fireAll(undefended, attacks, lab.range('undefended'), show('undefended')),
    fireAll(defended, attacks, lab.range('defended'), show('defended')),
  ]);

  progress('legitimate requests');
  await Promise.all([undefended.reset(), defended.reset()]);
  const comparisons = await compareLegitimate(undefended, defended);

  const landed = theirs.filter(({ outcome }) => outcome.lost !== undefined).map(({ attack }) => attack);
  const ablated = await ablate(landed, lab.range('defended'), lab.startWithout, (name, count, of) =>
    progress(`without ${name}: ${count} of ${of}`),
  );
  return { theirs, ours, comparisons, ablated, chromium: lab.chromium };
}
