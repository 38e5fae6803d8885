import type { Linked } from '../../callgraph/linked.ts';
import { origin } from '../../callgraph/query/called-on.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import { memoized } from '../../ir/memoized.ts';

interface Deep {
  /** Lists and objects whose entries are changed or escape. */
  readonly roots: ReadonlySet<string>;
  /** Names that are stored to a record of unknown origin. */
  readonly names: ReadonlySet<string>;
}

const maxHops = 12;

/**
 * Whether the entries of a list or an object may change, such as by `VIEWS.newest.order = x` or `for (const one of VIEWS)
 * one.order = x`.
 */
export function isDeeplyChanged(linked: Linked, { func, value }: Place): boolean {
  return deepOf(linked).roots.has(`${func} ${value}`);
}

/** Whether the program stores a member of this name in any object of unknown origin. */
export function isStoredAnywhere(linked: Linked, name: string): boolean {
  const { names } = deepOf(linked);
  return names.has(name) || (/^\d+$/.test(name) && names.has('*'));
}

const changing =
  /^(push|unshift|splice|append|extend|insert|add|update|set|setdefault|fill|copyWithin|appendleft|assign|pop|clear|sort|reverse)$/;
const reading =
  /^(find|findLast|filter|some|every|map|flatMap|at|get|has|keys|values|entries|items|includes|join|slice|concat|indexOf|len|sorted|freeze|list|tuple|hasOwn|stringify|String|str|query|execute|send|json|log|info|debug|warn|error|print|format)$/;

const deepOf = memoized((linked: Linked): Deep => {
  const roots = new Set<string>();
  const names = new Set<string>();
  const lists = listsOfCallbacks(linked);
  const mark = (place: Place): void => {
    const root = rootOf(linked, place);
    const at = origin(linked, place);
    if (root.func !== at.func || root.value !== at.value) roots.add(`${root.func} ${root.value}`);
    // `VIEWS.forEach((one) => Object.assign(one, x))`
    if (instOf(linked, root)?.op !== 'param') return;
    for (const list of lists.get(root.func) ?? []) {
      const { func, value } = rootOf(linked, list);
      roots.add(`${func} ${value}`);
    }
  };
  for (const { id, func } of linked.program.functions) {
    for (const inst of func.code) {
      if (inst.op === 'store' || inst.op === 'store-index') {
        mark({ func: id, value: inst.object });
        const made = instOf(linked, rootOf(linked, { func: id, value: inst.object }));
        const key = inst.op === 'store' ? inst.name : keyOf(linked, id, inst.key);
        if (
          made?.op !== 'object' &&
          made?.op !== 'list' &&
          made?.op !== 'this' &&
          func.code[inst.value]?.op !== 'effect'
        )
          names.add(key);
      }
      if (inst.op !== 'call' || inst.isDecorator) continue;
      const callee = func.code[inst.callee];
      const name =
        callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
      if (callee?.op === 'member' && changing.test(name)) mark({ func: id, value: callee.object });
      if (!reading.test(name)) for (const arg of inst.args) mark({ func: id, value: arg });
    }
  }
  return { roots, names };
});

/** For each callback, the lists whose methods call it with their entries. */
function listsOfCallbacks(linked: Linked): ReadonlyMap<number, readonly Place[]> {
  const found = new Map<number, Place[]>();
  linked.program.instructions.each('call', ({ callee, args }, { id, func }) => {
    const called = func.code[callee];
    if (called?.op !== 'member') return;
    for (const arg of args)
      for (const one of linked.functions(id, arg)) {
        const list = found.get(one) ?? [];
        // `Array.from(VIEWS, (one) => ...)`
        for (const value of [called.object, ...args]) if (value !== arg) list.push({ func: id, value });
        found.set(one, list);
      }
  });
  return found;
}

/** The name or number of the stored entry. `*` if it varies. */
function keyOf(linked: Linked, func: number, value: number): string {
  const key = instOf(linked, origin(linked, { func, value }));
  return key?.op === 'const' ? String(key.value) : '*';
}

/** The object that a value is read from. */
function rootOf(linked: Linked, from: Place): Place {
  let at = origin(linked, from);
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = instOf(linked, at);
    let inner: number | undefined;
    if (inst?.op === 'member' || inst?.op === 'index' || inst?.op === 'store' || inst?.op === 'store-index')
      inner = inst.object;
    else if (inst?.op === 'element') inner = inst.value;
    else if (inst?.op === 'call') {
      const callee = instOf(linked, { func: at.func, value: inst.callee });
      if (
        callee?.op === 'member' &&
        /^(find|findLast|at|get|filter|values|entries|items|slice)$/.test(callee.name)
      )
        inner =
          instOf(linked, { func: at.func, value: callee.object })?.op === 'global'
            ? inst.args[0]
            : callee.object;
    }
    if (inner === undefined) return at;
    at = origin(linked, { func: at.func, value: inner });
  }
  return at;
}
