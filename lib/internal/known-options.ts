import { Misuse } from '../refusal/misuse.ts';

/**
 * The options that the developer wrote, each read once. A polluted prototype must not change a policy, and a misspelt
 * option would be a rule that does not apply.
 *
 * @throws Misuse `bulwark/invalid-option`, which suggests the option that was meant
 */
export function knownOptions<T extends object>(
  options: T,
  names: readonly (keyof T & string)[],
): Readonly<Partial<T>> {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new Misuse('bulwark/invalid-option', `The options are a record of ${names.join(', ')}.`);
  }
  const own: Partial<T> = Object.assign(Object.create(null), options);
  for (const name of Object.keys(own)) {
    if (!(names as readonly string[]).includes(name)) throw unknownOption(name, names);
  }
  return own;
}

/** The mistake of an option that a guard does not have. */
export function unknownOption(name: string, names: readonly string[]): Misuse {
  const meant = nearestName(name, names);
  const offered = meant === undefined ? `The options are ${names.join(', ')}.` : `Did you mean ${meant}?`;
  return new Misuse('bulwark/invalid-option', `There is no option ${JSON.stringify(name)}. ${offered}`);
}

/** The name that begins alike or ends alike (`timeout`, `timeoutMs`), or is a few keystrokes away. */
function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const typed = wanted.toLowerCase();
  if (typed.length < 2 || typed.length > longestTyped) return undefined;
  return names
    .map((name) => ({ name, known: name.toLowerCase(), steps: distance(typed, name.toLowerCase()) }))
    .filter(
      ({ known, steps }) =>
        (typed.length > 2 && isAffix(typed, known)) ||
        isAffix(known, typed) ||
        steps <= Math.max(1, Math.floor(known.length / 3)),
    )
    .sort((one, other) => one.steps - other.steps)[0]?.name;
}

const longestTyped = 64;

function isAffix(part: string, whole: string): boolean {
  return whole.startsWith(part) || whole.endsWith(part);
}

/** The Levenshtein distance: how many characters differ, are missing or are too many. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let line = 1; line <= from.length; line++) {
    const next = [line];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (from[line - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
