import { DomMisuse } from './dom-error.ts';

/**
 * What the developer wrote, each option read once: a polluted prototype must not change a policy, and an option that was
 * misspelt would be a rule that does not hold.
 *
 * @throws DomMisuse `dom/invalid-option`
 */
export function ownOptions<T extends object>(options: T, names: readonly (keyof T & string)[]): Partial<T> {
  const own: Partial<T> = Object.assign(Object.create(null), options);
  for (const name of Object.keys(own)) {
    if (!(names as readonly string[]).includes(name))
      throw new DomMisuse('dom/invalid-option', `There is no option ${JSON.stringify(name)}.`);
  }
  return own;
}

/**
 * A copy, so that what is checked is what holds.
 *
 * @throws DomMisuse `dom/invalid-option` for what is no list of texts
 */
export function textsOf(name: string, list: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(list) ? [...list] : [undefined];
  if (texts.every((text) => typeof text === 'string')) return texts;
  throw new DomMisuse('dom/invalid-option', `${name} takes a list of texts.`);
}
