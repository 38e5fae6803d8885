import type { Inst } from '../../ir/ir.ts';
import type { Linked } from '../../link/linked.ts';
import type { Frame } from '../../taint/frame.ts';

/** A view that compares the token of a cookie with that of the form itself: `request.COOKIES.get('csrf') != body`. */
export function comparesToken(code: readonly Inst[]): boolean {
  let isCookie = false;
  let isToken = false;
  let isCompared = false;
  for (const inst of code) {
    if (inst.op === 'member') isCookie ||= /^cookies$/i.test(inst.name);
    else if (inst.op === 'const') isToken ||= typeof inst.value === 'string' && token.test(inst.value);
    else if (inst.op === 'binary') isCompared ||= inst.operator === '==' || inst.operator === '!=';
  }
  return isCookie && isToken && isCompared;
}

const token = /csrf|xsrf/i;

const known = new WeakMap<Linked, boolean>();

/**
 * Whether a framework's base class takes its views out of Django's check because it runs that check itself, once it knows how
 * somebody logged in.
 */
export function isCheckedLater({ func, linked }: Frame): boolean {
  if (func.name !== 'as_view' || func.class < 0) return false;
  let found = known.get(linked);
  if (found === undefined) {
    let isTaken = false;
    let isRun = false;
    for (const { func: one } of linked.program.functions) {
      for (const inst of one.code) {
        if (inst.op === 'import') isTaken ||= inst.name === 'CsrfViewMiddleware';
        else if (inst.op === 'member') isRun ||= inst.name === 'process_view';
      }
    }
    found = isTaken && isRun;
    known.set(linked, found);
  }
  return found;
}
