import type { Node } from '../../scan/languages/python/parse/tree.ts';
import { holdsKind } from './holds-kind.ts';
import { countStep, type Ending, type Frame } from './interpreter.ts';
import { spotOf, textOf } from './module-file.ts';
import { copyScope, joinValues } from './scope.ts';
import { isType, known, type PyObject, type Value } from './value.ts';

/** A body may run many times, or never: only lists that it adds to keep what they had. */
export function runLoop(frame: Frame, node: Node): Ending {
  const body = node.children.find(({ kind }) => kind === 'block');
  const items = node.kind === 'for_statement' && body ? itemsOfLoop(frame, node, body) : undefined;
  if (items && body) return unrolled(frame, node, body, items);
  const spots = [spotOf(frame.module, node)];
  countStep(frame, frame.scope.names.size * 5);
  const before = copyScope(frame.scope);
  if (node.kind === 'for_statement') {
    const [target] = node.children;
    if (target?.kind === 'identifier') {
      frame.scope.names.set(textOf(frame.module, target), [
        { plain: undefined, reason: 'it is set in a loop', spots, variables: [] },
      ]);
    }
  }
  const ending = body ? frame.interpreter.execute(frame, body) : 'next';
  for (const [name, value] of frame.scope.names)
    frame.scope.names.set(name, looped(before.names.get(name), value));
  return ending === 'next' || ending === 'raised' ? 'next' : 'unsure';
}

const mostItems = 50;

/** What a `for` goes through, if each item is known, and no statement leaves the loop early. */
function itemsOfLoop(frame: Frame, { children }: Node, body: Node): readonly Value[] | undefined {
  const [target, over] = children;
  if (!frame.interpreter.keepsObjects || target?.kind !== 'identifier' || children.length !== 3)
    return undefined;
  if (over?.kind !== 'tuple' && over?.kind !== 'list' && over?.kind !== 'identifier') return undefined;
  if (holdsKind(body, leaves)) return undefined;
  const [{ plain }, ...others] = frame.interpreter.evaluate(frame, over);
  const isKnown =
    others.length === 0 && isType(plain, 'list') && plain.more === undefined && plain.isLoose !== true;
  return isKnown && plain.items.length <= mostItems ? [...plain.items] : undefined;
}

const leaves: ReadonlySet<string> = new Set(['break_statement', 'continue_statement']);

/** `for extension in (db, csrf): extension.init_app(app)` */
function unrolled(frame: Frame, node: Node, body: Node, items: readonly Value[]): Ending {
  const [target] = node.children;
  for (const item of items) {
    countStep(frame);
    if (target) frame.scope.names.set(textOf(frame.module, target), item);
    const ending = frame.interpreter.execute(frame, body);
    if (ending !== 'next') return ending;
  }
  return 'next';
}

/** An application that a loop was handed, such as `app.include_router(one)`: it may have run, or not. */
function loopedObject(before: PyObject, after: PyObject): Value | undefined {
  if (before.spot !== after.spot) return undefined;
  const added = after.calls.slice(before.calls.length);
  const isPlain = added.every(({ name }) =>
    /^(include_router|register_blueprint|add_(api_)?route|mount)$/.test(name),
  );
  if (isPlain) before.calls.push(...added);
  return joinValues(known(after), known(before));
}

function looped(before: Value | undefined, after: Value): Value {
  const [old] = before ?? [];
  const [now] = after;
  if (isType(old?.plain, 'list') && isType(now.plain, 'list')) {
    if (old.plain.items.length !== now.plain.items.length) now.plain.more = 'a loop adds to it';
    return after;
  }
  const isSame = old !== undefined && old.plain === now.plain && (before?.length ?? 0) === after.length;
  if (isSame || isType(now.plain, 'reference') || isType(now.plain, 'dict')) return after;
  if (isType(now.plain, 'function') || isType(now.plain, 'class') || isType(now.plain, 'module'))
    return after;
  const isObject = isType(old?.plain, 'object') && isType(now.plain, 'object');
  const object =
    isObject && before?.length === 1 && after.length === 1
      ? loopedObject(old.plain as PyObject, now.plain as PyObject)
      : undefined;
  if (object) return object;
  return [{ plain: undefined, reason: 'it is set in a loop', spots: now.spots, variables: [] }];
}
