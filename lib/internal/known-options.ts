import { Misuse } from '../refusal/misuse.ts';

/**
 * What the developer wrote, each option read once: a polluted prototype must not open a policy, and an option that was
 * misspelt would be a rule that does not hold.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function knownOptions<T extends object>(
  options: T,
  names: readonly (keyof T & string)[],
): Readonly<Partial<T>> {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new Misuse('bulwark/invalid-option', `The options are a record of ${names.join(', ')}.`);
  }
  const own: Partial<T> = Object.assign(Object.create(null), options);
  const unknown = Object.keys(own).find((name) => !(names as readonly string[]).includes(name));
  if (unknown === undefined) return own;
  throw new Misuse(
    'bulwark/invalid-option',
    `There is no option ${JSON.stringify(unknown)}, only ${names.join(', ')}.`,
  );
}
