import type { Func } from '../../../ir/ir.ts';
import { type At, any, type Sensitive, type Walk } from '../sensitive/sensitive-walk.ts';

const writers: ReadonlySet<string> = new Set(['__repr__', '__str__', '__format__']);
const maxClasses = 4;

/**
 * Returns what a Python instance shows when it is converted to a text. `says`: whether every class that the instance may
 * have defines `__str__`, `__repr__` or `__format__`, so that the text is what these methods return. `shown`: the sensitive
 * data in that text. It is undefined if there is none, or if `says` is false. `says` is false if no class is known.
 */
export function writtenBy(
  walk: Walk,
  at: At,
  object: number,
): { readonly says: boolean; readonly shown: Sensitive | undefined } {
  const { program } = walk.linked;
  const owners = walk.linked.instances(at.func, object).slice(0, maxClasses);
  const methods = owners.map((owner) => {
    const info = program.classes[owner];
    const first = program.firstFunc[info?.module ?? 0] ?? 0;
    return (info?.class.methods ?? [])
      .filter(({ name, kind }) => kind === 'method' && writers.has(name))
      .map(({ func }) => first + func);
  });
  if (methods.length === 0 || methods.some((one) => one.length === 0))
    return { says: false, shown: undefined };
  let shown: Sensitive | undefined;
  for (const func of methods.flat()) {
    const it = program.functions[func]?.func;
    if (it) shown ??= any(walk, { func, hops: at.hops + 1, entered: undefined }, returned(it));
  }
  return { says: true, shown };
}

function returned({ blocks }: Func): number[] {
  return blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
}
