import { instOf, madeBy } from '../../../callgraph/query/made-by.ts';
import { constText, deepTaints } from '../../../dataflow/domain/abstract.ts';
import { constantsOf } from '../../../dataflow/query/constants-of.ts';
import type { Call, Inst, ValueId } from '../../../ir/ir.ts';
import { usersOf } from '../../../ir/query/users.ts';
import { argument, argumentId, given, isA, isConst, isNamed, type Use } from '../use.ts';
import { namesOf } from '../value/names-of.ts';

/** A call that computes a hash, or creates a hash object. */
export interface HashCall {
  /** The name of the hash function in lower case, without separators: `md5`. Empty if it is unknown. */
  readonly algorithm: string;
  readonly kind: 'hash' | 'hmac' | 'signature';
  /** Whether the hash function is MD5, SHA-1 or older, so that an attacker can find collisions. */
  readonly isWeak: boolean;
  /**
   * The data that is hashed, as far as the function with this call passes it, also to `update`. Empty if `kind` is not
   * `hash`.
   */
  readonly inputs: readonly Input[];
}

/** Data that is hashed. */
export interface Input {
  readonly value: ValueId;
  /** The call that receives the data. */
  readonly call: ValueId;
}

/**
 * The hash that a call computes, or that it creates a hash object for. Undefined for other calls, and for a hash with
 * `usedforsecurity=False`.
 */
export function hashCallOf(use: Use): HashCall | undefined {
  const { inst, value } = use;
  if (inst.op !== 'call') return undefined;
  const { callee } = inst;
  if (isA(use, callee, 'use.Hmac', 'use.Sign')) {
    const kind = isA(use, callee, 'use.Hmac') ? 'hmac' : 'signature';
    return made(constText(argument(use, inst, 0)), kind, []);
  }
  if (isA(use, callee, 'use.HmacNew')) return made(digestOf(use, inst), 'hmac', []);
  if (isA(use, callee, 'use.Hash', 'use.NamedHash')) {
    if (isConst(given(use, inst, -1, 'usedforsecurity'), false)) return undefined;
    return made(nameAt(use, inst, 0, 'name'), 'hash', inputsOf(use, inst, value, 1));
  }
  if (isA(use, callee, 'use.Digest')) {
    const name = constText(argument(use, inst, 0)) ?? constText(argument(use, inst, 0)?.fields?.get('name'));
    return made(name, 'hash', inputsOf(use, inst, value, 1));
  }
  if (isNamed(use, callee, 'use.WeakHash', 'use.Md5') || isFieldsWeak(use, callee)) {
    if (isConst(given(use, inst, -1, 'usedforsecurity'), false)) return undefined;
    return made('md5', 'hash', inputsOf(use, inst, value, 0));
  }
  if (isA(use, callee, 'use.FastHash')) return made('sha256', 'hash', inputsOf(use, inst, value, 0));
  return undefined;

  function made(name: string | undefined, kind: HashCall['kind'], inputs: readonly Input[]): HashCall {
    const algorithm = plain(name ?? '');
    return { algorithm, kind, isWeak: isWeakHash(algorithm), inputs };
  }
}

/** The name of the digest in `hmac.new(key, text, hashlib.md5)` or `hmac.new(key, text, 'md5')`. Undefined if it is unknown. */
function digestOf(use: Use, call: Call): string | undefined {
  const value = argumentId(use, call, 2, 'digestmod') ?? argumentId(use, call, 2, 'digest');
  if (value === undefined || !isNamed(use, value, 'use.WeakHash'))
    return nameAt(use, call, 2, 'digestmod', 'digest');
  const { linked, id } = use.frame;
  const inst = instOf(linked, madeBy(linked, { func: id, value }));
  return inst?.op === 'member' || inst?.op === 'import' ? inst.name : undefined;
}

/**
 * The name that is passed for a hash function. If it may be one of several, a weak one is preferred. Undefined if it is
 * unknown.
 */
function nameAt(use: Use, call: Call, position: number, ...keywords: readonly string[]): string | undefined {
  const text = constText(given(use, call, position, ...keywords));
  const value = keywords
    .map((name) => argumentId(use, call, -1, name))
    .concat(argumentId(use, call, position))
    .find((one) => one !== undefined);
  if (text !== undefined || value === undefined) return text;
  const found = constantsOf(use.frame.linked, { func: use.frame.id, value }) ?? [];
  const names = found.map((one) => (typeof one === 'string' ? one : ''));
  return names.find((one) => isWeakHash(plain(one))) ?? names[0];
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '');
}

/**
 * Whether the callee is a field of a project class that holds only weak hash functions: `entry.given(data)` for
 * `Entry(given=hashlib.sha1)`.
 */
function isFieldsWeak(use: Use, callee: ValueId): boolean {
  const { frame } = use;
  const inst = frame.inst(callee);
  if (inst.op !== 'member' && inst.op !== 'index') return false;
  return (
    isA(use, callee, 'use.WeakHash', 'use.Md5') &&
    !isA(use, callee, 'use.FastHash', 'use.Hash', 'use.NamedHash') &&
    frame.linked.functions(frame.id, callee).length === 0 &&
    frame.linked.instances(frame.id, inst.object).length > 0
  );
}

function isWeakHash(algorithm: string): boolean {
  return /^(rsa|dsa|ecdsa|ecdsawith|hmac)?(md2|md4|md5|sha|sha1|md5sha1)(with(rsa|dsa|ecdsa)(encryption)?)?$/.test(
    algorithm,
  );
}

const maxSteps = 50;

/** The data that a call receives as argument `first`, and that later calls of `update` receive. */
function inputsOf({ frame }: Use, call: Call, value: ValueId, first: number): Input[] {
  const { func } = frame;
  const inputs: Input[] = [];
  const direct = call.args[first];
  if (direct !== undefined && (!call.names?.[first] || call.names[first] === 'data'))
    inputs.push({ value: direct, call: value });
  const seen = new Set<ValueId>([value]);
  const queue = [value];
  const { of } = usersOf(func);
  for (let at = queue.pop(); at !== undefined && seen.size < maxSteps; at = queue.pop()) {
    for (const user of of[at] ?? []) {
      const inst = func.code[user] as Inst;
      const next: ValueId[] = [];
      if (inst.op === 'member' && inst.name === 'update') {
        for (const one of of[user] ?? []) {
          const update = func.code[one];
          const arg = update?.op === 'call' && update.callee === user ? update.args[0] : undefined;
          if (arg !== undefined) inputs.push({ value: arg, call: one });
          next.push(one);
        }
      } else if (inst.op === 'effect' || inst.op === 'phi' || inst.op === 'typed') next.push(user);
      for (const one of next) {
        if (seen.has(one)) continue;
        seen.add(one);
        queue.push(one);
      }
    }
  }
  return inputs;
}

/** The names of everything that the hashed data is made of: variables, members, parameters, keys and called functions. */
export function inputNames({ frame }: Use, inputs: readonly Input[]): Set<string> {
  const names = new Set<string>();
  for (const { value } of inputs) {
    for (const name of namesOf(frame.linked, { func: frame.id, value })) names.add(name);
  }
  return names;
}

/** Whether the hashed data holds data of a request, which an attacker may choose. */
export function isChosenByOthers({ frame }: Use, inputs: readonly Input[]): boolean {
  return inputs.some(({ value }) => {
    const it = frame.values[value];
    return (
      it !== undefined &&
      deepTaints(it).some(({ origin }) => origin.kind === 'source' && origin.source === 'remote')
    );
  });
}
