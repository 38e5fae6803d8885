import type { Linked } from '../../callgraph/linked.ts';

/** The methods of a class and of its ancestors in the project, mixins included. */
export function classFunctions(linked: Linked, owner: number): readonly number[] {
  const { program } = linked;
  return [owner, ...linked.ancestors(owner)].flatMap((one) => {
    const it = program.classes[one];
    const first = program.firstFunc[it?.module ?? 0] ?? 0;
    return (it?.class.methods ?? []).map(({ func }) => first + func);
  });
}
