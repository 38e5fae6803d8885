import { maxCallsOnObject, maxOriginSteps, maxWrittenBackCalls } from '../../budgets/callgraph.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { exportedValue } from '../exported-value.ts';
import type { Linked } from '../linked.ts';

/** Where a value is computed: an instruction (`value`) in the code of a function (`func`), both by number. */
export interface Place {
  readonly func: number;
  readonly value: ValueId;
}

/**
 * Where a value was made. Follows awaits, imports and variables that are written once. Returns `place` itself if there is
 * nothing to follow.
 */
export function origin(linked: Linked, place: Place): Place {
  let { func, value } = place;
  for (let hop = 0; hop < maxOriginSteps; hop++) {
    const inst = instAt(linked, { func, value });
    if (isTransparent(inst)) {
      value = inst.value;
      continue;
    }
    const imported = importedName(linked, func, inst);
    const exported = imported && exportedValue(linked, func, imported.specifier, imported.name);
    if (exported) {
      ({ func, value } = exported);
      continue;
    }
    const cell = cellOf(linked, func, imported ?? inst);
    const [only, more] = cell === undefined ? [] : (storesOf(linked).get(cell) ?? []);
    if (!only || more) break;
    ({ func, value } = only);
  }
  return { func, value };
}

export function instAt(linked: Linked, { func, value }: Place): Inst | undefined {
  return linked.program.functions[func]?.func.code[value];
}

/**
 * The calls of these methods on the object at `place`, in the function of `place` and in the function that made the object.
 * Calls elsewhere are not found.
 */
export function calledOn(
  linked: Linked,
  place: Place,
  methods: readonly string[],
): (Place & { readonly call: Call })[] {
  const made = origin(linked, place);
  const found: (Place & { readonly call: Call })[] = [];
  for (const func of new Set([place.func, made.func])) {
    linked.program.functions[func]?.func.code.forEach((inst, value) => {
      if (inst.op !== 'call') return;
      const callee = instAt(linked, { func, value: inst.callee });
      if (callee?.op !== 'member' || !methods.includes(callee.name)) return;
      const object = origin(linked, { func, value: callee.object });
      if (object.func === made.func && object.value === made.value) found.push({ func, value, call: inst });
    });
  }
  return found;
}

function isTransparent(inst: Inst | undefined): inst is Inst & { readonly value: ValueId } {
  return inst?.op === 'typed' || inst?.op === 'await' || inst?.op === 'effect' || inst?.op === 'cell-store';
}

type Named = Pick<Inst & { readonly op: 'import' }, 'op' | 'specifier' | 'name'>;

/** The export that a value refers to: an import, or `rules.login` after `import * as rules` or `const rules = require(...)`. */
function importedName(linked: Linked, func: number, inst: Inst | undefined): Named | undefined {
  if (inst?.op === 'import') return inst;
  if (inst?.op !== 'member') return undefined;
  let place: Place = { func, value: inst.object };
  for (let hop = 0; hop < maxOriginSteps; hop++) {
    const object = instAt(linked, place);
    if (isTransparent(object)) {
      place = { func: place.func, value: object.value };
      continue;
    }
    if (object?.op === 'import' && object.name === '*')
      return { op: 'import', specifier: object.specifier, name: inst.name };
    const cell = object?.op === 'cell-load' ? cellOf(linked, place.func, object) : undefined;
    const [only, more] = cell === undefined ? [] : (storesOf(linked).get(cell) ?? []);
    if (!only || more) return undefined;
    place = only;
  }
  return undefined;
}

function cellOf(linked: Linked, func: number, inst: Inst | Named | undefined): number | undefined {
  const module = linked.program.functions[func]?.module ?? 0;
  if (inst?.op === 'cell-load') return (linked.program.firstCell[module] ?? 0) + inst.cell;
  return inst?.op === 'import' ? linked.cellOfImport(module, inst.specifier, inst.name) : undefined;
}

/** `schemas.body.validate(data)`: after the call, the member is stored back into the object unchanged. */
function isSameMember(
  code: readonly Inst[],
  { object, name, value }: Inst & { readonly op: 'store' },
): boolean {
  let held = code[value];
  for (let hop = 0; hop < maxWrittenBackCalls && held?.op === 'effect'; hop++) held = code[held.value];
  return held?.op === 'member' && held.object === object && held.name === name;
}

/** The values that are assigned to each shared variable. Not `null`, and not its own value after a call. */
const storesOf = memoized((linked: Linked): ReadonlyMap<number, readonly Place[]> => {
  const all = new Map<number, Place[]>();
  linked.program.instructions.each('cell-store', (inst, { id, module, func }) => {
    const made = madeIn(func, inst.value);
    const written = func.code[made];
    if (written?.op === 'cell-load' && written.cell === inst.cell) return;
    if (written?.op === 'const' && (written.value === null || written.value === undefined)) return;
    const cell = (linked.program.firstCell[module] ?? 0) + inst.cell;
    const list = all.get(cell);
    // `app.post(...)` in the function that made `app` changes the same object.
    if (list?.[0]?.func === id && madeIn(func, list[0].value) === made) return;
    if (list) list.push({ func: id, value: inst.value });
    else all.set(cell, [{ func: id, value: inst.value }]);
  });
  return all;
});

/** The value before calls on it and type annotations, which do not replace it. */
function madeIn({ code }: Func, value: ValueId): ValueId {
  let at = value;
  for (let hop = 0; hop < maxCallsOnObject; hop++) {
    const inst = code[at];
    if (inst?.op === 'store' && isSameMember(code, inst)) at = inst.object;
    else if (isTransparent(inst)) at = inst.value;
    else break;
  }
  return at;
}
