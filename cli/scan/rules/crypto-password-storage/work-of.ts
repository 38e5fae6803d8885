import type { Abstract } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { argument, argumentId, given, isA, option, type Use } from '../kit/use.ts';
import { possibleConstants } from '../kit/value/possible-constants.ts';

/** The work factor of a password hash. */
export interface Work {
  readonly what: string;
  readonly atLeast: number;
  /** The largest work factor that the call may use. `-Infinity` if it is unknown. */
  readonly most: number;
  /** Whether the work factor is not written in the call, but comes from elsewhere, such as a default or a caller. */
  readonly isIndirect: boolean;
}

export function workOf(use: Use, call: Call): Work | undefined {
  const told = toldWork(use, call);
  if (!told) return undefined;
  const { what, atLeast } = told;
  const here = numbers(told.cost.given?.consts ?? []);
  if (here.length > 0) return { what, atLeast, most: Math.max(...here), isIndirect: false };
  const { value } = told.cost;
  // Some callers may set a higher factor. The largest number decides, as older hashes are still compared.
  const all = value === undefined ? [] : possibleConstants(use, { func: use.frame.id, value }).all;
  return { what, atLeast, most: Math.max(...numbers([...all])), isIndirect: true };
}

interface Told {
  readonly cost: Cost;
  readonly atLeast: number;
  readonly what: string;
}

interface Cost {
  readonly given: Abstract | undefined;
  /** Undefined if it is an entry of an object. */
  readonly value?: ValueId | undefined;
}

function toldWork(use: Use, call: Call): Told | undefined {
  const { callee } = call;
  const { hasKeywordArguments } = use.language;
  if (isA(use, callee, 'use.Bcrypt'))
    return { cost: costAt(use, call, 1), atLeast: 10, what: 'A bcrypt cost' };
  if (isA(use, callee, 'use.BcryptSalt'))
    return { cost: costAt(use, call, 0, 'rounds'), atLeast: 10, what: 'A bcrypt cost' };
  if (isA(use, callee, 'use.Pbkdf2')) {
    const cost = hasKeywordArguments ? costAt(use, call, 3, 'iterations') : costAt(use, call, 2);
    return { cost, atLeast: 100_000, what: 'A PBKDF2 iteration count' };
  }
  if (isA(use, callee, 'use.Pbkdf2Object'))
    return { cost: costAt(use, call, 3, 'iterations'), atLeast: 100_000, what: 'A PBKDF2 iteration count' };
  if (isA(use, callee, 'use.Pbkdf2Crypto'))
    return { cost: costAt(use, call, 3, 'count'), atLeast: 100_000, what: 'A PBKDF2 iteration count' };
  if (isA(use, callee, 'use.Pbkdf2Cjs')) {
    const cost = { given: option(argument(use, call, 2), 'iterations') };
    return { cost, atLeast: 100_000, what: 'A PBKDF2 iteration count' };
  }
  if (isA(use, callee, 'use.Scrypt')) {
    const options = argument(use, call, 3);
    const cost = hasKeywordArguments
      ? costAt(use, call, -1, 'n')
      : { given: option(options, 'N') ?? option(options, 'cost') };
    return { cost, atLeast: 1 << 14, what: 'A scrypt cost' };
  }
  if (isA(use, callee, 'use.Argon2')) {
    const cost = hasKeywordArguments
      ? costAt(use, call, 1, 'memory_cost')
      : { given: option(argument(use, call, 1), 'memoryCost') };
    return { cost, atLeast: 7168, what: 'An Argon2 memory cost (KiB)' };
  }
  return undefined;
}

function costAt(use: Use, call: Call, position: number, name?: string): Cost {
  const names = name === undefined ? [] : [name];
  return { given: given(use, call, position, ...names), value: argumentId(use, call, position, name) };
}

/** The numbers that a value can be, if all are known. */
function numbers(all: readonly unknown[]): readonly number[] {
  const known = all.filter((one): one is number => typeof one === 'number');
  return known.length === all.length ? known : [];
}
