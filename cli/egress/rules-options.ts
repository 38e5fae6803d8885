import { type Given, Mistake } from './mistake.ts';

/** The options of `bulwark egress rules` as they were typed, each as often as it was given. */
export interface RulesOptions {
  readonly format: readonly string[];
  readonly gateway: readonly string[];
  readonly resolver: readonly string[];
  readonly allow: readonly string[];
  readonly user: readonly string[];
  readonly group: readonly string[];
  readonly 'gateway-user': readonly string[];
  readonly 'gateway-group': readonly string[];
  readonly pods: readonly string[];
  readonly namespace: readonly string[];
}

type Options = Readonly<Record<string, readonly string[]>>;

/** @throws {Mistake} where it was given twice: the last one would win, and the first application stay open. */
export function atMostOne<O extends object>(options: O, name: keyof O & string): Given | undefined {
  const [value, ...more] = (options as Options)[name] ?? [];
  if (more.length > 0) {
    throw new Mistake(
      'egress/option',
      `--${name} is given ${more.length + 1} times.`,
      'Only one value is possible, and the others would be missing from the rules.',
      `Use --${name} once. For another application, run the command again.`,
    );
  }
  return value === undefined ? undefined : { option: `--${name}`, value };
}

/** All values of an option that must be there. @throws {Mistake} */
export function required<O extends object>(options: O, name: keyof O & string): readonly Given[] {
  const values = (options as Options)[name] ?? [];
  if (values.length > 0) return values.map((value) => ({ option: `--${name}`, value }));
  throw new Mistake(
    'egress/option',
    `--${name} is missing.`,
    'The rules would be incomplete without it.',
    `Add --${name}. See \`bulwark egress rules --help\` for its value.`,
  );
}

/** @throws {Mistake} where one of the options was given, as this format cannot express it. */
export function forbid<O extends object>(
  options: O,
  names: readonly (keyof O & string)[],
  why: string,
  fix: string,
): void {
  const name = names.find((candidate) => ((options as Options)[candidate] ?? []).length > 0);
  if (name === undefined) return;
  throw new Mistake('egress/option', `--${name} does not apply to this format.`, why, fix);
}
