import type { Attack } from '../attack/attack.ts';
import { compareLegitimate } from '../legitimate/compare.ts';
import type { Results } from '../report/summary.ts';
import { ablate } from './ablate.ts';
import { fireAll } from './fire-all.ts';
import type { Lab, Side } from './open-lab.ts';
import type { RunWatch } from './run-progress.ts';

export interface RunOptions {
  readonly watch: RunWatch;
  /** Takes one part out at a time, and fires again what it had stopped. */
  readonly ablate: boolean;
  /** Waits while a visitor's own attack is fired: on a small machine, both would be late. */
  readonly ready?: () => Promise<unknown>;
}

/** A run: every attack at both, every legitimate request at both, and every ablation. */
export async function attackBoth(
  lab: Lab,
  attacks: readonly Attack[],
  { watch, ablate: withAblations, ready }: RunOptions,
): Promise<Omit<Results, 'server'>> {
  const { undefended, defended } = lab;
  watch.start(attacks.length);
  watch.say('Attacking both shops');
  const fireAt = (side: Side): ReturnType<typeof fireAll> =>
    fireAll(lab[side], attacks, lab.range(side), (_, shot) => watch.shot(side, shot), ready);
  const [theirs, ours] = await Promise.all([fireAt('undefended'), fireAt('defended')]);

  watch.say('Sending honest requests to both');
  await Promise.all([undefended.reset(), defended.reset()]);
  const comparisons = await compareLegitimate(lab);

  const landed = theirs.filter(({ outcome }) => outcome.lost !== undefined).map(({ attack }) => attack);
  const ablated = withAblations
    ? await ablate(landed, lab.range('defended'), lab.startWithout, (name, count, of) =>
        watch.say(`Attacking the defended shop without ${name}: ${count} of ${of}`),
      )
    : [];
  return { theirs, ours, comparisons, ablated, chromium: lab.chromium };
}
