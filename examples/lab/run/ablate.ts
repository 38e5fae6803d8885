import type { Attack, Range } from '../attack/attack.ts';
import type { App } from './app-process.ts';
import { fireAll, type Shot } from './fire-all.ts';
import { type Ablation, ablations, type Replacement, replacementsFor } from './replacement.ts';

export interface AblationResult {
  readonly ablation: Ablation;
  /** Attacks that succeeded on the undefended application, and that this part stops. */
  readonly attacks: number;
  readonly back: number;
  readonly shots: readonly Shot[];
}

/** Starts the defended application with one part taken out at a time, and fires again what it had stopped. */
export async function ablate(
  landed: readonly Attack[],
  range: Range,
  start: (name: string, replacements: readonly Replacement[]) => Promise<App>,
  progress: (name: string, done: number, of: number) => void,
): Promise<readonly AblationResult[]> {
  const results: AblationResult[] = [];
  for (const ablation of ablations) {
    const attacks = landed.filter(({ part }) => part === ablation.part);
    const app = await start(`defended without ${ablation.name}`, replacementsFor(ablation.out));
    const shots = await fireAll(app, attacks, range, (done) => progress(ablation.name, done, attacks.length));
    await app.stop();
    const back = shots.filter(
      ({ outcome }) =>
        outcome.lost !== undefined || (ablation.expects === 'markup' && outcome.markup !== undefined),
    ).length;
    results.push({ ablation, attacks: attacks.length, back, shots });
  }
  return results;
}
