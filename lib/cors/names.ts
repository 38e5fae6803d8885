import { Misuse } from '../refusal/misuse.ts';

const most = 200;
/** A token (RFC 9110, 5.6.2), without the star, which is a wildcard here. */
const token = /^[\w!#$%&'+.^`|~-]{1,64}$/;

/** Methods in capitals: browsers send them so, except for a `patch` that was written in lower case, which no server expects. */
export function methodNames(value: unknown): readonly string[] {
  const names = tokens('methods', value).map((name) => name.toUpperCase());
  const forbidden = names.find((name) => ['CONNECT', 'TRACE', 'TRACK'].includes(name));
  if (forbidden !== undefined || names.length === 0) {
    throw new Misuse(
      'bulwark/invalid-option',
      'methods takes a list of methods; pages can never use CONNECT, TRACE or TRACK.',
    );
  }
  return names;
}

/** Names of header fields, as they were written. */
export function fieldNames(option: string, value: unknown): readonly string[] {
  return tokens(option, value);
}

function tokens(option: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length > most) {
    throw new Misuse('bulwark/invalid-option', `${option} takes a list of at most ${most} names.`);
  }
  for (const name of value as readonly unknown[]) {
    if (typeof name === 'string' && token.test(name)) continue;
    const shown =
      typeof name === 'string' ? JSON.stringify(name.slice(0, 64)) : `a value of type ${typeof name}`;
    throw new Misuse(
      'bulwark/invalid-option',
      `${option} has ${shown}. Write each name out; '*' is not supported.`,
    );
  }
  return [...new Set(value as readonly string[])];
}
