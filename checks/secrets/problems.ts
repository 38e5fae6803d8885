import { inspect } from 'node:util';
import { Misuse } from '../../lib/refusal/index.ts';
import { type SecretsOptions, secrets, type WantedSecret } from '../../lib/secrets/index.ts';

/** A value that nothing is to be said against. */
export const good = 'b6V0rj7nqYwE5tq0';
export const key = 'n7Gk4VwYp2Xs9LbQ6dRz1TfJ8mHc3AuE';
export const formerKey = 'w5ZtC8hNq3Jr7DvM1yKb6PxS4gLf9TaU';

/**
 * What the error says about the secret TOKEN, or `accepted`. Throws where the error shows a value of the environment, or one of those that are
 * to be hidden.
 */
export async function problems(
  env: Record<string, string>,
  wanted: WantedSecret = 'secret',
  more: SecretsOptions = {},
  hidden: readonly string[] = Object.values(env),
): Promise<string> {
  try {
    await secrets({ TOKEN: wanted }, { env, folder: false, ...more });
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Misuse) || error.code !== 'secrets/invalid') throw error;
    const shown = inspect(error, { showHidden: true, depth: 9 });
    const value = hidden.find((one) => one.length > 4 && shown.includes(one));
    if (value !== undefined) throw new Error(`The error shows ${value}: ${shown}`);
    return error.message;
  }
}
