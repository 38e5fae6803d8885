import { readVariable } from './environment.ts';
import type { Frame } from './interpreter.ts';
import { Failure, isType, known, manySpots, notKnown, oneOf, type Plain, type Value } from './value.ts';

/** `BaseSettings` of pydantic, and classes of the project that are built on it. */
export function readsEnvironment([{ plain }]: Value): boolean {
  if (isType(plain, 'reference')) return plain.path.endsWith('.BaseSettings');
  return isType(plain, 'class') && plain.bases.some(readsEnvironment);
}

/** What such a class says are defaults, which a variable of the same name replaces. */
export function fromEnvironment(frame: Frame, { names }: Frame['scope']): void {
  const prefix = prefixOf(names);
  for (const [name, value] of names) {
    const [{ plain, spots }] = value;
    if (name === 'model_config' || name === 'Config' || isType(plain, 'function')) continue;
    names.set(name, prefix === undefined ? notKnown(unclear, spots) : field(frame, prefix + name, value));
  }
}

const unclear = 'the name of its variable of the environment is computed';

/** `model_config = SettingsConfigDict(env_prefix='SHOP_')`, or `class Config` of version 1. Undefined if it is not known. */
function prefixOf(names: Frame['scope']['names']): string | undefined {
  const plain = names.get('model_config')?.[0].plain ?? names.get('Config')?.[0].plain;
  let prefix: Value | undefined;
  if (isType(plain, 'object')) {
    if (plain.given.isOpen || plain.given.positional.length > 0) return undefined;
    prefix = plain.given.named.get('env_prefix');
  } else if (isType(plain, 'dict')) {
    if (plain.more !== undefined) return undefined;
    prefix = plain.entries.get('env_prefix');
  } else if (isType(plain, 'class')) prefix = plain.scope.names.get('env_prefix');
  else if (names.has('model_config')) return undefined;
  if (!prefix) return '';
  const text = prefix.length === 1 ? prefix[0].plain : undefined;
  return typeof text === 'string' ? text : undefined;
}

function field(frame: Frame, name: string, value: Value): Value {
  const [{ plain, spots }] = value;
  if (!isType(plain, 'object') || !plain.path.endsWith('.Field')) return read(frame, name, value);
  const { named, positional, isOpen } = plain.given;
  const aliases = ['validation_alias', 'alias', 'env'].flatMap((key) => named.get(key) ?? []);
  const [alias] = aliases;
  const initial = named.get('default') ?? positional[0];
  if (isOpen || aliases.length > 1) return notKnown(unclear, spots);
  const variable = alias === undefined ? name : alias.plain;
  if (typeof variable !== 'string') return notKnown(unclear, spots);
  const isMissing = initial === undefined || isType(initial[0].plain, 'reference');
  return isMissing
    ? notKnown(`it is read from the environment variable ${variable}, which has no default`, spots)
    : read(frame, variable, oneOf(initial.map((one) => ({ ...one, spots: manySpots(one.spots, spots) }))));
}

/** Names of variables may be written in any case. */
function read(frame: Frame, name: string, initial: Value): Value {
  const { variables } = frame.interpreter;
  const upper = name.toUpperCase();
  const variable = variables.has(name) ? name : upper;
  const [{ plain, spots }] = initial;
  const [spot] = spots;
  if (!variables.has(variable)) {
    return oneOf(initial.map((one) => ({ ...one, variables: [...new Set([...one.variables, upper])] })));
  }
  const isRead = typeof plain === 'boolean' || typeof plain === 'string';
  const places = manySpots(spots, ...(variables.get(variable) ?? []).map((one) => [one.spot]));
  if (!isRead || spot === undefined)
    return notKnown(`it is read from the environment variable ${variable}`, places);
  const cast = typeof plain === 'boolean' ? truth : (text: string): Plain => text;
  return readVariable(frame, known(variable), { cast, initial }, spot);
}

/** What pydantic takes for a boolean (`pydantic_core`, `str_to_bool`). */
function truth(text: string): Plain | Failure {
  const word = text.toLowerCase();
  if (/^(1|true|t|on|yes|y)$/.test(word)) return true;
  return /^(0|false|f|off|no|n)$/.test(word) ? false : new Failure('it is no boolean');
}
