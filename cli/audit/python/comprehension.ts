import type { Node } from '../../scan/languages/python/parse/tree.ts';
import type { Frame } from './interpreter.ts';
import { spotOf, textOf } from './module-file.ts';
import { truthOf } from './operators.ts';
import { newScope } from './scope.ts';
import { isType, list, notKnown, oneOf, type Possible, type Value } from './value.ts';

const mostItems = 500;

/** `[host.strip() for host in hosts if host]`, over a list that is known. */
export function comprehension(frame: Frame, node: Node): Value {
  const [body, loop, condition, ...others] = node.children;
  const [target, over] = loop?.children ?? [];
  const unclear = notKnown('it is computed', [spotOf(frame.module, node)]);
  if (loop?.kind !== 'for_in_clause' || target?.kind !== 'identifier' || others.length > 0) return unclear;
  if (condition && condition.kind !== 'if_clause') return unclear;
  const name = textOf(frame.module, target);
  const results: Possible[] = [];
  for (const one of frame.interpreter.evaluate(frame, over)) {
    const made = isType(one.plain, 'list') ? itemsOf(frame, one.plain, name, body, condition) : undefined;
    results.push(
      made ? { ...one, plain: made } : { ...one, plain: undefined, reason: one.reason ?? 'it is computed' },
    );
  }
  return oneOf(results);
}

function itemsOf(
  frame: Frame,
  over: ReturnType<typeof list>,
  name: string,
  body: Node | undefined,
  condition: Node | undefined,
): ReturnType<typeof list> {
  const result = list([], over.more ?? (over.items.length > mostItems ? 'it is long' : undefined));
  if (over.isLoose) result.isLoose = true;
  const inner: Frame = { ...frame, scope: newScope(frame.scope) };
  for (const item of over.items.slice(0, mostItems)) {
    inner.scope.names.set(name, item);
    const truths = condition
      ? frame.interpreter.evaluate(inner, condition.children[0]).map(({ plain }) => plain)
      : [true];
    const answers = truths.map((plain) => (plain === undefined ? undefined : truthOf(plain)));
    if (answers.every((answer) => answer === false)) continue;
    if (answers.every((answer) => answer === true))
      result.items.push(frame.interpreter.evaluate(inner, body));
    else result.more = 'it is computed';
  }
  return result;
}
