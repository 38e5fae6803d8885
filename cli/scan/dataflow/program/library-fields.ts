import { maxHopsToLibraryParam } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { fieldStores } from '../../callgraph/query/field-stores.ts';
import type { Inst, Param } from '../../ir/ir.ts';

/** A parameter of a public function of a library. The library's users may pass anything for it. */
export interface LibraryParam {
  readonly func: number;
  readonly index: number;
  readonly param: Param;
  /** The name of the parameter, followed by the access path inside it. */
  readonly names: readonly string[];
}

/**
 * The parameter of a constructor or public method that a field of `this` holds unchanged: `this.folder = folder` ->
 * `folder`. Undefined if there is none. A method that throws is skipped, since it probably validates its arguments.
 * @param func a method of the class. Its own stores are not considered
 * @param path the access path from `this`: the name of the field, and the path inside it
 */
export function paramInField(
  linked: Linked,
  func: number,
  path: readonly string[],
): LibraryParam | undefined {
  const [field, ...deeper] = path;
  if (field === undefined) return undefined;
  for (const place of fieldStores(linked, func, field)) {
    const info = linked.program.functions[place.func];
    if (!info || /^[_#]/.test(info.func.name) || place.func === func) continue;
    if (info.func.blocks.some(({ end }) => end.kind === 'throw')) continue;
    const given = paramOf(info.func.code, place.value);
    const param = given && info.func.params[given.index];
    if (!param || isNumberOrBoolean(param)) continue;
    return { func: place.func, index: given.index, param, names: [param.name, ...given.path, ...deeper] };
  }
  return undefined;
}

function paramOf(
  code: readonly Inst[],
  value: number,
): { readonly index: number; readonly path: readonly string[] } | undefined {
  const path: string[] = [];
  let inst = code[value];
  for (let hop = 0; hop < maxHopsToLibraryParam; hop++) {
    if (inst?.op === 'param') return { index: inst.index, path };
    if (inst?.op === 'typed' || inst?.op === 'effect') inst = code[inst.value];
    else if (inst?.op === 'member') {
      path.unshift(inst.name);
      inst = code[inst.object];
    } else return undefined;
  }
  return undefined;
}

/** Whether the declared type of a parameter is a number or a boolean, which cannot carry an attacker's text. */
export function isNumberOrBoolean({ type }: Param): boolean {
  return type !== undefined && 'name' in type && /^(?:number|boolean|bigint|int|float|bool)$/.test(type.name);
}
