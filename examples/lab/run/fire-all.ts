import type { SecurityEvent } from 'bulwark/event';
import type { Attack, Outcome, Range } from '../attack/attack.ts';
import { request } from '../attack/request.ts';
import type { App } from './app-process.ts';

export interface Shot {
  readonly attack: Attack;
  readonly outcome: Outcome;
  readonly events: readonly SecurityEvent[];
  /** When it had its answer, in ms since the first was fired. */
  readonly at: number;
}

/** Fires attacks at one application, one after the other, so that each event belongs to its attack. */
export async function fireAll(
  app: App,
  attacks: readonly Attack[],
  range: Range,
  progress: (done: number, shot: Shot) => void,
  /** Waits while somebody else needs the machine. */
  ready: () => Promise<unknown> = async () => {},
): Promise<readonly Shot[]> {
  const shots: Shot[] = [];
  // Notices that an application writes at its first request belong to no attack.
  await request(app, 'GET', '');
  await app.events();
  const start = performance.now();
  for (const attack of attacks) {
    await ready();
    const outcome = await attack.fire(app, range, attack.payload);
    const shot: Shot = { attack, outcome, events: await app.events(), at: performance.now() - start };
    shots.push(shot);
    progress(shots.length, shot);
  }
  return shots;
}
