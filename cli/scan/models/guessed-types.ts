import type { StatesByName } from './api.ts';
import type { Models } from './model.ts';

/** Returns the states that a value's name suggests, by that name: `cursor` -> the state of a database cursor. */
export function guessesOf(
  all: readonly Models[],
  statesOf: (type: string) => readonly number[],
): StatesByName {
  const types = new Map<string, string[]>();
  for (const { guesses = [] } of all) {
    for (const [type, names] of guesses) {
      for (const name of names) {
        const known = types.get(name);
        if (known) known.push(type);
        else types.set(name, [type]);
      }
    }
  }
  const states = new Map<string, readonly number[]>();
  return {
    size: types.size,
    has: (name) => types.has(name),
    get: (name) => {
      const known = states.get(name);
      if (known) return known;
      const found = types.get(name);
      if (!found) return undefined;
      const made = [...new Set(found.flatMap(statesOf))];
      states.set(name, made);
      return made;
    },
  };
}
