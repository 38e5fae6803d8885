import type { ValueId } from '../../ir/ir.ts';
import { type Abstract, onlyConst } from '../domain/abstract.ts';
import type { FunctionView } from '../view/function-view.ts';

/** The name of the entry that a key selects, if the key is one constant: `object['id']` -> `id`. Undefined otherwise. */
export function keyName(key: Abstract): string | undefined {
  const only = onlyConst(key);
  return only && only.value !== undefined && only.value !== null ? String(only.value) : undefined;
}

/**
 * The name of the member that a key in brackets selects, if the key is one constant or a well-known symbol. Undefined
 * otherwise.
 */
export function memberName(frame: FunctionView, key: ValueId): string | undefined {
  return keyName(frame.use(key)) ?? frame.linked.symbol(frame.id, key);
}

/** The names of all members that a key in brackets may select. Empty if they are unknown. */
export function memberNames(frame: FunctionView, key: ValueId): readonly string[] {
  const { consts } = frame.use(key);
  if (consts && consts.length > 1 && consts.every((one) => typeof one === 'string'))
    return consts as string[];
  const name = memberName(frame, key);
  return name === undefined ? [] : [name];
}
