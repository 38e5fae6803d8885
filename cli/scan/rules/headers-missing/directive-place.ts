import type { ValueId } from '../../ir/ir.ts';
import type { Use } from '../kit/use.ts';
import { type Entry, entryOf } from '../kit/value/entry-of.ts';

/**
 * The directive about scripts in the options of a middleware, if it is written in the function that hands them over: a call has many
 * lines, and the others are right.
 */
export function directivePlace(use: Use, options: ValueId | undefined): ValueId | undefined {
  const { linked, id } = use.frame;
  if (options === undefined) return undefined;
  const policy = entryOf(linked, { func: id, value: options }, 'contentSecurityPolicy');
  const directives: Entry | undefined = entryOf(linked, policy, 'directives') ?? policy;
  const found = entryOf(linked, directives, 'scriptSrc', 'script-src', 'defaultSrc', 'default-src');
  return found?.func === id ? found.value : undefined;
}
