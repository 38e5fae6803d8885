import type { LanguageId } from '../languages/language-id.ts';
import { languages } from '../languages/registry.ts';

/** Why a text is not scanned, which its name does not say. */
export function textKind(
  text: string,
  language: LanguageId,
): 'binary' | 'minified' | 'generated' | undefined {
  if (text.slice(0, 8192).includes('\u0000')) return 'binary';
  const { isTemplate, mayBeMinified } = languages[language];
  if (mayBeMinified && isMinified(text) && isMinified(text.replace(unseen, ''))) return 'minified';
  return !isTemplate && isGenerated(text) ? 'generated' : undefined;
}

/** What fills a line that nobody sees, such as a payload, makes no code minified. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Nobody writes lines of 250 characters on average, and no line that is most of a large file. Text that is small is
 * scanned all the same, so that nothing is hidden by writing it on one line.
 */
function isMinified(text: string): boolean {
  if (text.length < 5000) return false;
  let lines = 0;
  let longest = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    lines++;
    longest = Math.max(longest, end - start);
    start = end + 1;
  }
  return text.length / lines > 250 || (longest > 5000 && longest * 2 > text.length);
}

/** A note in the first lines of comments, as generators write it. */
function isGenerated(text: string): boolean {
  const head = text.slice(0, 1000).split('\n', 12);
  const comments = head.filter((line) => /^\s*(?:\/\/|\/?\*|#|"""|''')/.test(line)).join('\n');
  return (
    /@generated\b/.test(comments) || (made.test(comments) && /do not (?:edit|modify|change)/i.test(comments))
  );
}

const made = /\b(?:auto-?generated|automatically generated|generated (?:by|from|code|file))\b/i;
