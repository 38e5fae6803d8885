import type { BuiltinCall } from '../semantics/call/builtin-call.ts';
import { hit, sinkOf } from './sinks.ts';

/** Checks `text.match(source)` and `text.search(source)`, which compile `source` to a regular expression. */
export function checkExpression({ frame, value, inst, args, receiver, name }: BuiltinCall): void {
  const [source] = args;
  if (
    frame.language.patternsAreTexts ||
    !source ||
    (name !== 'match' && name !== 'search' && name !== 'matchAll')
  )
    return;
  if (receiver.shape === 'text' && source.shape !== 'pattern')
    hit(frame, sinkOf(frame, 'regex', value, inst, `String.${name}`), source);
}
