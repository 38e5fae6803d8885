import type { Linked } from '../../link/linked.ts';

const maxConstants = 2000;

/** The texts in the methods of a class: `self.fields.pop("role")` and `self.fields["role"].disabled = True` speak of a field. */
export function constantsOfMethods({ program }: Linked, owner: number): ReadonlySet<string> {
  const found = new Set<string>();
  const it = program.classes[owner];
  const first = program.firstFunc[it?.module ?? 0] ?? 0;
  let left = maxConstants;
  for (const { func } of it?.class.methods ?? []) {
    for (const inst of program.functions[first + func]?.func.code ?? []) {
      if (inst.op === 'const' && typeof inst.value === 'string') found.add(inst.value);
      if (left-- <= 0) return found;
    }
  }
  return found;
}
