import type { Linked } from '../../../callgraph/linked.ts';
import type { Func } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { type At, any, type Sensitive, type Walk } from '../sensitive/sensitive-walk.ts';

const writers: ReadonlySet<string> = new Set(['__repr__', '__str__', '__format__']);
const maxClasses = 4;

/**
 * Returns what a Python instance shows when it is converted to a text.
 *
 * `says`: whether the text is known. Each class that the instance may have must define `__str__`, `__repr__` or
 * `__format__`, or be a database record, whose text shows no columns. False if no class is known.
 *
 * `shown`: the sensitive data that these methods return. Undefined if there is none, or if `says` is false.
 */
export function writtenBy(
  walk: Walk,
  at: At,
  object: number,
): { readonly says: boolean; readonly shown: Sensitive | undefined } {
  const { linked } = walk;
  const owners = linked.instances(at.func, object).slice(0, maxClasses);
  const methods = owners.map((owner) => writersOf(linked, owner));
  if (
    methods.length === 0 ||
    methods.some((one, i) => one.length === 0 && !isRecord(linked, owners[i] ?? -1))
  )
    return { says: false, shown: undefined };
  let shown: Sensitive | undefined;
  for (const func of methods.flat()) {
    const it = linked.program.functions[func]?.func;
    if (it) shown ??= any(walk, { func, hops: at.hops + 1, entered: undefined }, returned(it));
  }
  return { says: true, shown };
}

/** The functions of the nearest class of the project that declares how its instances are written. */
function writersOf(linked: Linked, owner: number): readonly number[] {
  const { classes, firstFunc } = linked.program;
  for (const one of [owner, ...linked.ancestors(owner)]) {
    const info = classes[one];
    const first = firstFunc[info?.module ?? 0] ?? 0;
    const found = (info?.class.methods ?? []).filter(
      ({ name, kind }) => kind === 'method' && writers.has(name),
    );
    if (found.length > 0) return found.map(({ func }) => first + func);
  }
  return [];
}

/** Whether instances of a class are rows of an object-relational mapper, whose default text names the class and the key at most. */
function isRecord(linked: Linked, owner: number): boolean {
  const { mapped, decorated } = declared(linked);
  const all = [owner, ...linked.ancestors(owner)];
  return all.some((one) => mapped.has(one)) && !all.some((one) => decorated.has(one));
}

const models: ReadonlySet<string | undefined> = new Set(['django.Model', 'sqlalchemy.Model']);

interface Declared {
  /** The classes that extend a library's class of records. */
  readonly mapped: ReadonlySet<number>;
  /** The classes with a decorator, which may give them a text with all fields. */
  readonly decorated: ReadonlySet<number>;
}

const declared = memoized((linked: Linked): Declared => {
  const { instructions, firstClass } = linked.program;
  const mapped = new Set<number>();
  instructions.each('class', ({ class: own, bases }, { id, module }) => {
    if (bases.some((base) => linked.states(id, base).some(({ type }) => models.has(type))))
      mapped.add((firstClass[module] ?? 0) + own);
  });
  const decorated = new Set<number>();
  instructions.each('call', ({ isDecorator, args: [first] }, { id }) => {
    if (!isDecorator || first === undefined) return;
    for (const owner of linked.classes(id, first)) decorated.add(owner);
  });
  return { mapped, decorated };
});

function returned({ blocks }: Func): number[] {
  return blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
}
