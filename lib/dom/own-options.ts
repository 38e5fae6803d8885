import { DomMisuse } from './dom-error.ts';

/**
 * The developer's options, each read once. A polluted prototype must not change a policy, and a misspelt option must not be
 * ignored: its rule would not apply.
 *
 * @throws DomMisuse `dom/invalid-option`
 */
export function ownOptions<T extends object>(options: T, names: readonly (keyof T & string)[]): Partial<T> {
  const own: Partial<T> = Object.assign(Object.create(null), options);
  for (const name of Object.keys(own)) {
    if (!(names as readonly string[]).includes(name))
      throw new DomMisuse('dom/invalid-option', `Unknown option ${JSON.stringify(name)}.`);
  }
  return own;
}

/**
 * Returns a copy, so that the list can't change after the check.
 *
 * @throws DomMisuse `dom/invalid-option` if it is not an array of strings
 */
export function textsOf(name: string, list: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(list) ? [...list] : [undefined];
  if (texts.every((text) => typeof text === 'string')) return texts;
  throw new DomMisuse('dom/invalid-option', `${name} takes a list of strings.`);
}
