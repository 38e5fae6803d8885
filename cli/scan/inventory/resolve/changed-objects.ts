import type { Linked } from '../../callgraph/linked.ts';
import { origin } from '../../callgraph/query/called-on.ts';
import type { Place } from '../../callgraph/query/made-by.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';

interface Changed {
  readonly anywhere: ReadonlySet<string>;
  /** Changed by a function that did not create it. */
  readonly elsewhere: ReadonlySet<string>;
}

/**
 * Whether a list or an object is modified after its creation: by a store, a method, or a function that receives it.
 *
 * @param isShared whether the object was read from a variable that several functions use. If not, changes in the function
 *   that created the object don't count, because the SSA form of that function already shows them.
 */
export function isChanged(linked: Linked, { func, value }: Place, isShared: boolean): boolean {
  const { anywhere, elsewhere } = changedIn(linked);
  return (isShared ? anywhere : elsewhere).has(`${func} ${value}`);
}

/**
 * Whether a function of the project returns a value, and other code changes it afterwards, such as `Object.assign(build(),
 * x)`.
 */
export function isMadeAndChanged(linked: Linked, from: Place): boolean {
  const place = origin(linked, from);
  return linked.targets(place.func, place.value).length > 0 && isChanged(linked, place, true);
}

/** Functions that only read their arguments. */
const reading =
  /^(freeze|seal|keys|values|entries|Set|Map|set|frozenset|tuple|list|dict|sorted|len|isArray|includes|has|hasOwn|get|stringify|log|info|debug|warn|error|join|map|filter|some|every|find|forEach|in|print|str|repr|any|all|min|max|sum|zip|enumerate|isinstance|type|String|Boolean|from|fromEntries|json|send|query|execute|executemany|enum|choice|z|literal|fetch|concat|format|run|all_|render|render_template)$/;

const changedIn = memoized((linked: Linked): Changed => {
  const anywhere = new Set<string>();
  const elsewhere = new Set<string>();
  for (const { id, func } of linked.program.functions) {
    for (const [value, inst] of func.code.entries()) {
      for (const object of changedBy(linked, id, func, value, inst)) {
        const made = origin(linked, { func: id, value: object });
        const { op } = linked.program.functions[made.func]?.func.code[made.value] ?? {};
        if (op !== 'object' && op !== 'list' && op !== 'call') continue;
        anywhere.add(`${made.func} ${made.value}`);
        if (isShared(func.code, object)) elsewhere.add(`${made.func} ${made.value}`);
      }
    }
  }
  return { anywhere, elsewhere };
});

/** The objects that an instruction changes or may change. */
function changedBy(
  linked: Linked,
  id: number,
  { code }: Func,
  value: ValueId,
  inst: Inst,
): readonly ValueId[] {
  // The values of the function itself show the changes to a local object.
  if (inst.op === 'store' || inst.op === 'store-index')
    return isShared(code, inst.object) ? [inst.object] : [];
  if (inst.op !== 'call' || inst.isDecorator) return [];
  const callee = code[inst.callee];
  const name =
    callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
  const on = callee?.op === 'member' && changing.test(name) ? [callee.object] : [];
  if (reading.test(name)) return on;
  const passed = inst.args.filter((_, i) => !isOnlyRead(linked, id, value, i));
  return [...on, ...passed];
}

/** Whether a value is a variable that functions share, or is read from one. */
function isShared(code: readonly Inst[], value: ValueId): boolean {
  const op = code[value]?.op;
  return op === 'cell-load' || op === 'import' || op === 'member' || op === 'index' || op === 'this';
}

/** Whether the callees within the project only read this argument. */
function isOnlyRead(linked: Linked, id: number, value: ValueId, index: number): boolean {
  const targets = linked.targets(id, value);
  return (
    targets.length > 0 &&
    targets.every(({ func, shift, makes }) => {
      const { code = [] } = linked.program.functions[func]?.func ?? {};
      const param = index - shift;
      const isParam = (one: ValueId): boolean => {
        const inst = code[one];
        return inst?.op === 'param' && inst.index === param;
      };
      return (
        makes < 0 &&
        !code.some((inst) => {
          if (inst.op === 'store' || inst.op === 'store-index')
            return isParam(inst.object) || isParam(inst.value);
          if (inst.op === 'cell-store') return isParam(inst.value);
          if (inst.op !== 'call') return false;
          const callee = code[inst.callee];
          const name =
            callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
          if (callee?.op === 'member' && isParam(callee.object) && changing.test(name)) return true;
          return !reading.test(name) && inst.args.some(isParam);
        })
      );
    })
  );
}

/** Methods that put something into their receiver. */
const changing =
  /^(push|unshift|splice|append|extend|insert|add|update|set|setdefault|fill|copyWithin|__setitem__|appendleft|assign)$/;
