import type { NamedValue } from './named-values.ts';

/** How many characters of a comment are read. */
const reach = 300;

const says =
  /\b(?:for|in) (?:local |unit |integration |e2e )?(?:tests?|testing|ci|development|dev|demos?)\b|\b(?:tests?|testing|dev|development|local|demo) only\b|\bonly (?:for|in|used (?:for|in)) (?:tests?|testing|ci|dev|development|local|demos?)\b|\b(?:dummy|fake)\b|\bnot (?:a |an )?(?:real|actual|secret)\b|\bany value\b|\bsafe to (?:commit|publish|share|expose)\b|\bpublicly known\b/i;

/** Whether the comment after a value, or in the line above it, says that the value protects nothing. */
export function isSaidHarmless(text: string, { at, value }: NamedValue): boolean {
  const end = at + value.length;
  const [behind = ''] = /^[^\n]*/.exec(text.slice(end, end + reach)) ?? [];
  const [remark = ''] = /(?:#|;|\/\/|<!--).*/.exec(behind) ?? [];
  if (says.test(remark)) return true;
  const lines = text.slice(Math.max(0, at - 2 * reach), at).split('\n');
  const above = lines[lines.length - 2] ?? '';
  return /^\s*(?:#|;|\/\/|<!--)/.test(above) && says.test(above);
}
