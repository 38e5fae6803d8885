import { knownOptions } from '../internal/known-options.ts';
import { isStandardSchema, type StandardSchema } from '../internal/standard-schema.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { Keyring } from './keyring.ts';
import type { Secret } from './secret.ts';

/** What is wanted of one secret. */
export interface SecretOptions {
  /** `'key'` makes a keyring of it. `'secret'` by default. */
  readonly kind?: 'secret' | 'key';
  /** A Standard Schema that takes and gives text. It then decides about the length. Not for keys. */
  readonly schema?: StandardSchema<string>;
  /** The value is undefined where the secret is missing. */
  readonly optional?: boolean;
  /** Accepts a short or guessable value in production. */
  readonly allowWeak?: boolean;
}

/** `'secret'`, `'key'`, a schema, or a record of options. */
export type WantedSecret = 'secret' | 'key' | StandardSchema<string> | SecretOptions;

type Value<W> = W extends 'key' | { readonly kind: 'key' } ? Keyring : Secret;

/** What `secrets` returns for what it was asked for. */
export type LoadedSecrets<W extends Readonly<Record<string, WantedSecret>>> = {
  readonly [N in keyof W]: W[N] extends { readonly optional: true } ? Value<W[N]> | undefined : Value<W[N]>;
};

/** One secret as it was asked for, checked. */
export interface Wanted {
  readonly name: string;
  readonly kind: 'secret' | 'key';
  readonly schema: StandardSchema<string> | undefined;
  readonly optional: boolean;
  readonly allowWeak: boolean;
}

const mostNames = 256;

/** @throws Misuse `bulwark/invalid-option` */
export function readWanted(wanted: Readonly<Record<string, WantedSecret>>): readonly Wanted[] {
  if (typeof wanted !== 'object' || wanted === null || isStandardSchema<string>(wanted)) {
    throw invalid('The first argument is a record of names, such as { DATABASE_PASSWORD: "secret" }.');
  }
  const entries = Object.entries(wanted);
  if (entries.length === 0 || entries.length > mostNames)
    throw invalid(`Name from 1 to ${mostNames} secrets.`);
  return entries.map(([name, one]) => readOne(name, one));
}

function readOne(name: string, wanted: WantedSecret): Wanted {
  if (!/^[A-Za-z][A-Za-z\d_]{0,99}$/.test(name)) {
    throw invalid(
      `${JSON.stringify(name.slice(0, 40))} is no name of a variable: use letters, digits and underscores.`,
    );
  }
  if (/_(?:FILE|PREVIOUS)$/i.test(name)) {
    throw invalid(
      `Name the secret without _FILE or _PREVIOUS: ${name.replace(/_[A-Za-z]+$/, '')} is enough.`,
    );
  }
  if (wanted === 'secret' || wanted === 'key') return { ...plain, name, kind: wanted };
  if (isStandardSchema<string>(wanted)) return { ...plain, name, schema: wanted };
  if (typeof wanted !== 'object' || wanted === null) {
    throw invalid(`${name} takes 'secret', 'key', a Standard Schema, or a record of options.`);
  }
  const own = knownOptions(wanted, ['kind', 'schema', 'optional', 'allowWeak']);
  const { kind = 'secret', schema, optional = false, allowWeak = false } = own;
  if (kind !== 'secret' && kind !== 'key') throw invalid(`${name}: kind is 'secret' or 'key'.`);
  if (schema !== undefined && (kind === 'key' || !isStandardSchema<string>(schema))) {
    throw invalid(`${name}: schema takes a Standard Schema, and is not for keys.`);
  }
  if (typeof optional !== 'boolean' || typeof allowWeak !== 'boolean') {
    throw invalid(`${name}: optional and allowWeak take true or false.`);
  }
  return { name, kind, schema, optional, allowWeak };
}

const plain = { kind: 'secret', schema: undefined, optional: false, allowWeak: false } as const;

function invalid(message: string): Misuse {
  return new Misuse('bulwark/invalid-option', message);
}
