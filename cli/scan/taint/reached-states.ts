import type { Inst, ValueId } from '../ir/ir.ts';
import { isStepOf, type State } from '../model/api.ts';
import { constantKey } from './constant-key.ts';
import type { Frame } from './frame.ts';

/**
 * The states that a value gets by this very instruction, not by having been passed or stored: what was read
 * of a request is a source where it is read, and not again in each list that it was put into.
 */
export function reachedStates(frame: Frame, value: ValueId, inst: Inst): readonly State[] {
  const api = frame.engine.apiOf(frame.info.module);
  const all = (ids: readonly number[]): State[] => ids.flatMap((id) => api.states[id] ?? []);
  switch (inst.op) {
    case 'member':
    case 'index': {
      const owners = frame.linked.instances(frame.id, inst.object);
      // In a method `this` is an instance of its class, whatever of a library it was called on elsewhere.
      const isOwn = frame.func.class >= 0 && frame.inst(inst.object).op === 'this';
      const own = isOwn ? none : frame.linked.states(frame.id, inst.object);
      const states =
        owners.length === 0 ? own : [...own, ...owners.flatMap((owner) => frame.linked.inherited(owner))];
      if (states.length === 0) return states;
      const name = constantKey(frame, inst);
      return states.flatMap((state) =>
        all([...(name === undefined ? [] : (state.members.get(name) ?? [])), ...state.anyMember]),
      );
    }
    case 'element': {
      const states = frame.linked.states(frame.id, inst.value);
      return states.flatMap((state) =>
        all([...state.anyMember, ...(state.members.get('__element__') ?? [])]),
      );
    }
    case 'call': {
      const states = frame.linked.states(frame.id, inst.callee);
      if (states.length === 0) return states;
      const made = states.flatMap((state) => all([...state.returns, ...state.instance]));
      if (!inst.isDecorator) return made;
      // Nest's `@Query('id') id`: what a parameter's decorator is applied to comes from there.
      return [
        ...made,
        ...states.flatMap((state) =>
          state.args.filter((step) => isStepOf(step, 0, null)).flatMap((step) => all(step.to)),
        ),
      ];
    }
    case 'param': {
      const param = frame.func.params[inst.index];
      const index = inst.index - frame.linked.boundBefore(frame.id);
      if (index < 0) return [];
      return frame.linked
        .handedTo(frame.id)
        .flatMap((state) => state.params)
        .filter(
          (step) =>
            isStepOf(step, index, null) ||
            (param !== undefined && isStepOf(step, -2, param.name)) ||
            (param?.rest && (step.from ?? 0) >= index),
        )
        .flatMap((step) => all(step.to));
    }
    case 'global':
      return all(
        (api.packages.get('global') ?? []).flatMap((id) => api.states[id]?.members.get(inst.name) ?? []),
      );
    case 'import':
      return frame.linked.moduleOf(frame.info.module, inst.specifier) === undefined
        ? frame.linked.states(frame.id, value)
        : [];
    default:
      return [];
  }
}

const none: readonly State[] = [];
