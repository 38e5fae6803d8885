import type { Inst, ValueId } from '../ir/ir.ts';
import type { State } from '../model/api.ts';
import { type Abstract, cleaned, onlyConst } from './abstract.ts';
import { load } from './entries.ts';
import type { Frame } from './frame.ts';
import { dependencyKinds } from './handler-dependencies.ts';
import { type Kinds, noKinds } from './kinds.ts';
import { defaultKinds } from './model-fields.ts';
import { admittedByRoute, admittedParts } from './route-params.ts';
import { dataKinds } from './wtforms-fields.ts';

/** What a parameter, or a part of the path, was declared to admit. */
export function admittedKinds(frame: Frame, value: ValueId, inst: Inst, states: readonly State[]): Kinds {
  if (inst.op === 'param') {
    const name = frame.func.params[inst.index]?.name ?? '';
    return (
      defaultKinds(frame, value) |
      admittedByRoute(frame.linked, frame.id, name, states) |
      (frame.isPython ? dependencyKinds(frame, name) : noKinds)
    );
  }
  const read = inst.op === 'call' ? frame.inst(inst.callee) : inst;
  if (read.op !== 'member' && read.op !== 'index') return noKinds;
  if (inst.op === 'member' && states.some(({ name }) => name.startsWith('wtforms.Form')))
    return dataKinds(frame, inst);
  const from = frame.inst(read.object);
  if (from.op !== 'member' || from.name !== 'match_info') return noKinds;
  const key = inst.op === 'call' ? inst.args[0] : read.op === 'index' ? read.key : undefined;
  const name = onlyConst(frame.values[key ?? -1])?.value;
  return typeof name === 'string' ? admittedByRoute(frame.linked, frame.id, name, states) : noKinds;
}

/** What holds all parts of the path, by their names: `**kwargs`, `self.kwargs`, Starlette's `request.path_params`. */
export function withPathParts(frame: Frame, inst: Inst, it: Abstract, states: readonly State[]): Abstract {
  const holdsAll =
    (inst.op === 'param' && frame.func.params[inst.index]?.rest === 'keywords') ||
    (inst.op === 'member' && (inst.name === 'kwargs' || inst.name === 'path_params'));
  if (!holdsAll) return it;
  const parts = admittedParts(frame.linked, frame.id, states);
  if (parts.size === 0) return it;
  const fields = new Map(it.fields);
  for (const [name, clean] of parts) fields.set(name, cleaned(load(it, name), clean));
  return { ...it, fields };
}
