import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import type { Linked } from '../../link/linked.ts';
import { callsOf, instOf, madeBy, type Place } from '../../rule/made-by.ts';
import type { Use } from '../../rule/use.ts';
import { behindOf } from '../../taint/trace-value.ts';

/** The call that made a value, and where that stands. */
export interface Maker {
  readonly func: number;
  readonly value: ValueId;
  readonly call: Inst & Call;
}

const maxSteps = 24;

/** The calls that made an object which a method is called on: in fields of its class and in callers, too. */
export function makersOf(use: Use, value: ValueId): readonly Maker[] {
  const { linked, id } = use.frame;
  const found: Maker[] = [];
  const seen = new Set<string>();
  const queue: Place[] = [{ func: id, value }];
  for (let at = queue.shift(); at && seen.size < maxSteps; at = queue.shift()) {
    const place = madeBy(linked, at);
    const key = `${place.func} ${place.value}`;
    const inst = instOf(linked, place);
    if (!inst || seen.has(key)) continue;
    seen.add(key);
    if (inst.op === 'call') {
      const inner = returned(linked, place);
      if (inner.length === 0) found.push({ ...place, call: inst });
      queue.push(...inner);
      continue;
    }
    queue.push(...before(linked, place, inst));
  }
  return found;
}

function returned(linked: Linked, place: Place): Place[] {
  return linked.targets(place.func, place.value).flatMap(({ func, makes }) => {
    const blocks = makes >= 0 ? [] : (linked.program.functions[func]?.func.blocks ?? []);
    return blocks.flatMap(({ end }) => (end.kind === 'return' ? [{ func, value: end.value }] : []));
  });
}

function before(linked: Linked, { func }: Place, inst: Inst): Place[] {
  const behind = behindOf(inst);
  if (behind !== undefined) return [{ func, value: behind }];
  if (inst.op === 'phi') return inst.inputs.map((input) => ({ func, value: input }));
  if (inst.op === 'param') {
    return callsOf(linked, func)
      .slice(0, 6)
      .flatMap((call) => {
        const outer = instOf(linked, call);
        const arg = outer?.op === 'call' ? outer.args[inst.index] : undefined;
        return arg === undefined ? [] : [{ func: call.func, value: arg }];
      });
  }
  if (inst.op !== 'member') return inst.op === 'cell-load' ? stored(linked, func, inst.cell) : [];
  return [...classMates(linked, func)].flatMap((mate) => {
    const { code } = linked.program.functions[mate]?.func ?? { code: [] };
    return code.flatMap((one) =>
      one.op === 'store' && one.name === inst.name && code[one.value]?.op !== 'effect'
        ? [{ func: mate, value: one.value }]
        : [],
    );
  });
}

/** What is written to a variable that functions share; what a method did to it is no other value. */
function stored(linked: Linked, func: number, cell: number): Place[] {
  const module = linked.program.functions[func]?.module ?? 0;
  const first = linked.program.firstFunc[module] ?? 0;
  return (linked.program.modules[module]?.functions ?? []).flatMap(({ code }, i) =>
    code.flatMap((one) =>
      one.op === 'cell-store' && one.cell === cell && code[one.value]?.op !== 'effect'
        ? [{ func: first + i, value: one.value }]
        : [],
    ),
  );
}

/** The functions of the class that a function is a method of, or else the function alone. */
function classMates(linked: Linked, func: number): Set<number> {
  const info = linked.program.functions[func];
  const mates = new Set([func]);
  const owner = info && linked.program.modules[info.module]?.classes[info.func.class];
  for (const method of owner?.methods ?? [])
    mates.add((linked.program.firstFunc[info?.module ?? 0] ?? 0) + method.func);
  return mates;
}

/**
 * Whether one of these methods is called before: in the function, its class, those that it calls and that call it, and where
 * the object was made.
 */
export function isUpgraded(use: Use, makers: readonly Maker[], names: RegExp): boolean {
  const { linked, id } = use.frame;
  const around = classMates(linked, id);
  for (const maker of makers) around.add(maker.func);
  for (const call of callsOf(linked, id).slice(0, 8)) around.add(call.func);
  use.frame.func.code.forEach((inst, value) => {
    if (inst.op !== 'call' || value > use.value) return;
    for (const target of linked.targets(id, value)) around.add(target.func);
  });
  for (const func of around) {
    const code = linked.program.functions[func]?.func.code ?? [];
    const isAny = code.some(
      (inst, value) => inst.op === 'member' && names.test(inst.name) && (func !== id || value < use.value),
    );
    if (isAny) return true;
  }
  return false;
}
