import type { Node } from '../../scan/languages/python/parse/tree.ts';
import { writeVariable } from './environment.ts';
import type { Frame } from './interpreter.ts';
import { spotOf, textOf } from './module-file.ts';
import { setObjectField } from './object.ts';
import { addItems, binary } from './operators.ts';
import { openScope } from './scope.ts';
import { combine, isType, known, list, notKnown, seenAt, type Value } from './value.ts';

/** `A = B = value`, `A: bool = value`, `A, B = ...`, `LOGGING['level'] = value`. */
export function assign(frame: Frame, node: Node): void {
  const targets: Node[] = [];
  let at: Node | undefined = node;
  while (at?.kind === 'assignment') {
    const [target, ...rest]: readonly Node[] = at.children;
    if (target) targets.push(target);
    if (rest.length === 1 && rest[0]?.kind === 'type') return;
    at = rest.at(-1);
  }
  // `settings = DjangoDynaconf(__name__)`
  if (
    at?.kind === 'call' &&
    /\(\s*__name__/.test(textOf(frame.module, at)) &&
    !frame.interpreter.keepsObjects
  ) {
    const isLogger = /getLogger|import_module|get_logger/.test(textOf(frame.module, at));
    if (!isLogger) openScope(frame.scope, 'a library may set it', [spotOf(frame.module, node)]);
  }
  const value = seenAt(frame.interpreter.evaluate(frame, at), spotOf(frame.module, node));
  for (const target of targets) set(frame, target, value);
}

function set(frame: Frame, target: Node, value: Value): void {
  if (target.kind === 'identifier') {
    frame.scope.names.set(textOf(frame.module, target), value);
  } else if (
    target.kind === 'pattern_list' ||
    target.kind === 'tuple_pattern' ||
    target.kind === 'list_pattern'
  ) {
    const [{ plain }, ...others] = value;
    const items =
      isType(plain, 'list') && plain.more === undefined && !plain.isLoose && others.length === 0
        ? plain.items
        : [];
    const isWhole = items.length === target.children.length;
    for (const [index, part] of target.children.entries()) {
      set(frame, part, (isWhole && items[index]) || notKnown('it is computed', value[0].spots));
    }
  } else if (target.kind === 'attribute') setField(frame, target, value);
  else if (target.kind === 'subscript') setEntry(frame, target, value);
  else if (target.kind === 'parenthesized_expression' && target.children[0])
    set(frame, target.children[0], value);
}

function setField(frame: Frame, target: Node, value: Value): void {
  const [object, name] = target.children;
  if (object && /^sys\.modules\b/.test(textOf(frame.module, object))) {
    openScope(frame.scope, 'it may be set by sys.modules[...]', [spotOf(frame.module, target)]);
  }
  const [first] = frame.interpreter.evaluate(frame, object);
  if (!name || !isType(first.plain, 'object')) return;
  for (const { plain } of frame.interpreter.evaluate(frame, object)) {
    if (isType(plain, 'object')) setObjectField(frame, plain, textOf(frame.module, name), value);
  }
}

function setEntry(frame: Frame, target: Node, value: Value): void {
  const [object, key] = target.children;
  const text = object ? textOf(frame.module, object) : '';
  if (/^(globals|locals|vars)\s*\(/.test(text)) {
    openScope(frame.scope, `it may be set by ${text.slice(0, 40)}[...]`, [spotOf(frame.module, target)]);
    return;
  }
  const keyValue = frame.interpreter.evaluate(frame, key);
  if (text === 'os.environ' || text === 'environ') {
    writeVariable(frame, keyValue, value, spotOf(frame.module, target), false);
    return;
  }
  const [{ plain: name }] = keyValue;
  for (const { plain } of frame.interpreter.evaluate(frame, object)) {
    if (isType(plain, 'dict')) {
      if (typeof name === 'string') plain.entries.set(name, value);
      else plain.more = 'a key is computed';
    } else if (isType(plain, 'list')) {
      if (typeof name === 'number' && plain.items.at(name)) plain.items.splice(name, 1, value);
      else {
        plain.more = 'a part of it is replaced';
        plain.items.splice(0, Number.POSITIVE_INFINITY);
      }
    }
  }
}

/** `A += value`. A list is changed in place. */
export function augment(frame: Frame, node: Node): void {
  const [target, operator, right] = node.children;
  if (!target || !operator) return;
  const sign = operator.kind.slice(0, -1);
  const spot = spotOf(frame.module, node);
  const before = frame.interpreter.evaluate(frame, target);
  const added = frame.interpreter.evaluate(frame, right);
  const [{ plain }, ...others] = before;
  const [{ plain: more }, ...moreOthers] = added;
  if (others.length === 0 && isType(plain, 'list') && !plain.isTuple && sign === '+') {
    if (plain.spots.length < 10) plain.spots.push(spot);
    if (moreOthers.length === 0 && isType(more, 'list')) addItems(plain, more);
    else plain.more = 'what is added to it is computed';
    return;
  }
  // What is added to one that is not known is at least known.
  const isAdded = others.length === 0 && plain === undefined && sign === '+' && isType(more, 'list');
  const value = isAdded
    ? known(list([...more.items], before[0].reason ?? 'it is computed'), before[0].spots)
    : combine([before, added], (both) => binary(sign, both));
  if (target.kind === 'identifier') frame.scope.names.set(textOf(frame.module, target), seenAt(value, spot));
  else set(frame, target, seenAt(value, spot));
}
