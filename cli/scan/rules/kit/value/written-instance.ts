import type { Func } from '../../../ir/ir.ts';
import { type At, any, type Sensitive, type Walk } from '../sensitive/sensitive-walk.ts';

const writers: ReadonlySet<string> = new Set(['__repr__', '__str__', '__format__']);
const maxClasses = 4;

/**
 * The sensitive value that a Python instance shows when it is converted to a text. `says` is true if each class that the
 * instance may be of has its own `__str__`, `__repr__` or `__format__`: only what these methods return is shown then.
 * Otherwise, or if the class is unknown, `says` is false and `shown` is undefined.
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
