import { maxHopsToLibraryParam } from '../../budgets/dataflow.ts';
import { isPublicMethod } from '../../callgraph/dispatch/public-functions.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { fieldStores } from '../../callgraph/query/field-stores.ts';
import type { Inst, Param } from '../../ir/ir.ts';
import { operandsOf } from '../../ir/operands.ts';

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
 * `folder`. Undefined if there is none. A method that throws is skipped if it does more with the parameter than store it,
 * since it probably validates the parameter.
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
    if (!info || !isPublicMethod(info.func.name) || place.func === func) continue;
    const { code, blocks } = info.func;
    const given = paramOf(code, place.value);
    const param = given && info.func.params[given.index];
    if (!param || isNumberOrBoolean(param)) continue;
    if (blocks.some(({ end }) => end.kind === 'throw') && isUsedAgain(code, given.index)) continue;
    return { func: place.func, index: given.index, param, names: [param.name, ...given.path, ...deeper] };
  }
  return undefined;
}

/** Whether a function does more with a parameter than to store it, or a default in its place. */
function isUsedAgain(code: readonly Inst[], index: number): boolean {
  const same = new Set<number>();
  return code.some((inst, value) => {
    const isParam = inst.op === 'param' && inst.index === index;
    if (isParam || !operandsOf(inst).some((operand) => same.has(operand))) {
      if (isParam) same.add(value);
      return false;
    }
    if (inst.op === 'typed' || inst.op === 'phi') same.add(value);
    else return inst.op !== 'store' && !(inst.op === 'binary' && isUndefined(code[inst.right]));
    return false;
  });
}

function isUndefined(inst: Inst | undefined): boolean {
  return inst?.op === 'const' && inst.value === undefined;
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
    else if (inst?.op === 'phi') inst = defaulted(code, inst.inputs);
    else if (inst?.op === 'member') {
      path.unshift(inst.name);
      inst = code[inst.object];
    } else return undefined;
  }
  return undefined;
}

/** The parameter that a constant replaces if it is missing. */
function defaulted(code: readonly Inst[], inputs: readonly number[]): Inst | undefined {
  const params = inputs.map((input) => code[input]).filter((inst) => inst?.op !== 'const');
  return inputs.length === 2 && params.length === 1 ? params[0] : undefined;
}

/** Whether the declared type of a parameter is a number or a boolean, which cannot carry an attacker's text. */
export function isNumberOrBoolean({ type }: Param): boolean {
  return type !== undefined && 'name' in type && /^(?:number|boolean|bigint|int|float|bool)$/.test(type.name);
}
