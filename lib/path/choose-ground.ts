import { record } from '../event/record.ts';
import { shared } from '../internal/shared.ts';
import type { Ground } from './ground.ts';
import { handleGround, hasHandlePaths } from './handle-ground.ts';
import { nameGround } from './name-ground.ts';

let chosen: Promise<Ground> | undefined;

export function ground(): Promise<Ground> {
  chosen ??= hasHandlePaths().then(
    (has) => (has ? handleGround : nameGround),
    (error: unknown) => {
      // Such as EMFILE, which is temporary: the next call asks again.
      chosen = undefined;
      throw error;
    },
  );
  return chosen;
}

/** The ground for functions that change files. If it can't guard against races, an event says so, once per process. */
export async function groundForChanges(): Promise<Ground> {
  const found = await ground();
  const said = shared('path:unguarded-platform', () => ({ yet: false }));
  if (!found.holds && !said.yet) {
    said.yet = true;
    record('path/unguarded-platform', 'reported', { platform: process.platform });
  }
  return found;
}
