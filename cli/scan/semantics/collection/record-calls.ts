import type { Linked } from '../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../callgraph/query/called-on.ts';
import type { Call, Inst } from '../../ir/ir.ts';

/** A call of a database model's method: `prisma.user.findUnique(...)`, `User.findOne(...)`. */
export interface RecordCall {
  /** The name of the model, in lower case. */
  readonly model: string;
  readonly method: string;
  readonly func: number;
  readonly call: Call;
}

/**
 * The call of a database model's method that produced a value, if the method is in `methods`. Undefined for other values,
 * and for methods that the project defines itself.
 */
export function recordCallOf(
  linked: Linked,
  from: Place,
  methods: ReadonlySet<string>,
): RecordCall | undefined {
  const { func, value } = origin(linked, from);
  const call = instAt(linked, { func, value });
  const callee = call?.op === 'call' ? instAt(linked, { func, value: call.callee }) : undefined;
  if (call?.op !== 'call' || callee?.op !== 'member' || !methods.has(callee.name)) return undefined;
  if (linked.targets(func, value).length > 0) return undefined;
  const model = modelName(linked, instAt(linked, { func, value: callee.object }), func);
  return model === undefined ? undefined : { model: model.toLowerCase(), method: callee.name, func, call };
}

function modelName(linked: Linked, inst: Inst | undefined, func: number): string | undefined {
  if (inst?.op === 'member') return inst.name;
  if (inst?.op === 'import') return inst.name === 'default' ? inst.specifier : inst.name;
  if (inst?.op !== 'cell-load') return undefined;
  const module = linked.program.functions[func]?.module ?? 0;
  return linked.program.modules[module]?.cells[inst.cell]?.name;
}
