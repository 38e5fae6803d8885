import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import { localNames } from '../../ir/local-names.ts';

/** A value's own names: its variable, its parameter, the member that was read, the function that returned it. */
export function ownNames(linked: Linked, place: Place): readonly string[] {
  const info = linked.program.functions[place.func];
  const inst = instOf(linked, place);
  if (!info || !inst) return [];
  const locals = localNames(info.func, place.value);
  switch (inst.op) {
    case 'member':
    case 'global':
    case 'import':
      return [...locals, inst.name];
    case 'param':
      return [...locals, info.func.params[inst.index]?.name ?? ''];
    case 'cell-load':
      return [...locals, linked.program.modules[info.module]?.cells[inst.cell]?.name ?? ''];
    case 'call': {
      const callee = instOf(linked, { func: place.func, value: inst.callee });
      return callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import'
        ? [...locals, callee.name]
        : locals;
    }
    default:
      return locals;
  }
}
