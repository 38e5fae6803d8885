import type { ValueId } from '../../ir/ir.ts';
import type { Use } from '../kit/use.ts';
import { type Entry, entryOf } from '../kit/value/entry-of.ts';

/**
 * Returns the value of the directive for scripts in a middleware's options. A report can then show the directive's line
 * rather than the whole call. Undefined if the directive is missing, or is written in another function.
 */
export function directivePlace(use: Use, options: ValueId | undefined): ValueId | undefined {
  const { linked, id } = use.frame;
  if (options === undefined) return undefined;
  const policy = entryOf(linked, { func: id, value: options }, 'contentSecurityPolicy');
  const directives: Entry | undefined = entryOf(linked, policy, 'directives') ?? policy;
  const found = entryOf(linked, directives, 'scriptSrc', 'script-src', 'defaultSrc', 'default-src');
  return found?.func === id ? found.value : undefined;
}
