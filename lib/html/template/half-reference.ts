import { templateMisuse } from './template-misuse.ts';

/**
 * The end of a reference, in front of a hole, would take the value's first letters in: `&#x${'3c;'}` is a `<`. Only
 * its own value would suffer, yet in a URL it would do so after the decision.
 */
export function refuseHalfReference(source: string, at: number): void {
  let start = at;
  while (start > 0 && /[A-Za-z0-9#]/.test(source[start - 1] as string)) start--;
  if (source[start - 1] === '&') throw templateMisuse('html/half-reference', source, start - 1);
}
