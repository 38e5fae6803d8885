/**
 * Text of others as a person may see it: letters of every script stay, what steers a terminal, hides or turns text
 * around (CWE-150, CVE-2021-42574) becomes a code, line breaks too.
 *
 * @example
 * ```text
 * visible('gr\u00fcn\u001b[2J') -> gr\u00fcn\u{1b}[2J
 * ```
 */
export function visible(text: string): string {
  return text.replace(acting, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * Controls, formats (of both directions, of no width), halves of surrogate pairs, private ones, line separators, none; letters
 * without a shape, and selectors of variants of which more stand in a row than an emoji has.
 */
const acting =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u115f\u1160\u3164\uffa0]|(?<=\p{Variation_Selector})\p{Variation_Selector}|\p{Variation_Selector}(?=\p{Variation_Selector})/gu;

/** How many cells a terminal gives to text that is visible. */
export function cells(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let count = 0;
  for (const sign of text) count += none.test(sign) ? 0 : wide.test(sign) ? 2 : 1;
  return count;
}

const none = /^\p{M}$/u;
const wide =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]$/u;
