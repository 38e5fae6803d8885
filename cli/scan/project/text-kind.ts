import { languages } from '../languages/registry.ts';
import type { Project, SourceFile } from './project.ts';
import { isVendoredLibrary } from './vendored-library.ts';

/** Why the content of a file rules out scanning it, whatever the file's name. `undefined` if the file is scanned. */
export function textKind(
  { path, text, language }: SourceFile,
  read: Project['read'],
): 'binary' | 'minified' | 'generated' | 'vendored' | undefined {
  if (text.slice(0, 8192).includes('\u0000')) return 'binary';
  const { isTemplate, mayBeMinified, hasBanners } = languages[language];
  if (mayBeMinified && isMinified(text) && isMinified(text.replace(unseen, ''))) return 'minified';
  if (!isTemplate && isGenerated(text)) return 'generated';
  return hasBanners && isVendoredLibrary(path, text, read) ? 'vendored' : undefined;
}

/** Invisible characters, such as a hidden payload, do not make code count as minified. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Minified code has lines of 250 characters on average, or a line with most of a large file. Small texts are always
 * scanned, so that nothing can be hidden by writing it on one line.
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

/** Whether the first comments have a note such as generators write. */
function isGenerated(text: string): boolean {
  const head = text.slice(0, 1000).split('\n', 12);
  const comments = head.filter((line) => /^\s*(?:\/\/|\/?\*|#|"""|''')/.test(line)).join('\n');
  return (
    /@generated\b/.test(comments) || (made.test(comments) && /do not (?:edit|modify|change)/i.test(comments))
  );
}

const made = /\b(?:auto-?generated|automatically generated|generated (?:by|from|code|file))\b/i;
