import type { Call, ValueId } from '../ir/ir.ts';
import { type Check, none } from './check.ts';
import type { Frame } from './frame.ts';
import { kinds } from './kinds.ts';
import { writtenName } from './written-name.ts';

/** What a program throws to be answered is an answer by itself, and no description of what went wrong. */
const answered = kinds('leak');

/** `isResponse(thrown)`, `isRouteErrorResponse(thrown)`. */
export function answerChecks(frame: Frame, { callee, args }: Call): readonly Check[] {
  const [first] = args;
  return first !== undefined && /^is(?:[A-Z]\w*)?Response$/.test(writtenName(frame, callee))
    ? [{ value: first, clean: answered }]
    : none;
}

/** `thrown instanceof Response` */
export function answerTypeChecks(frame: Frame, value: ValueId, type: ValueId): readonly Check[] {
  return /Response$/.test(writtenName(frame, type)) ? [{ value, clean: answered }] : none;
}
