import type { Confidence } from '../../../finding/finding.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import { known, type Use } from '../kit/use.ts';
import { after, before, isRepeated } from './chain.ts';
import { isPutIntoCode } from './put-into.ts';
import type { Replacement } from './replacement.ts';
import { isSanitizer } from './sanitizer.ts';
import { searched } from './searched.ts';
import { isTestedBefore } from './tested.ts';
import type { Weakness } from './weakness.ts';

/**
 * Finds a replacement of only the first occurrence where all must be replaced. In JavaScript, this is a `replace` whose
 * pattern is a string, or a regular expression without the flag `g`. In Python, this is an escape with a count. A count in
 * other Python replacements is taken to be deliberate.
 */
export function firstOnly(use: Use, written: Replacement): Weakness | undefined {
  if (written.all) return undefined;
  const one = withoutContext(written);
  const it = searched(one.search, use.language.regexDialect);
  if (it.isAnchored || it.isMore || it.texts.length === 0) return undefined;
  const what = escapedOrRemoved(one, it.texts);
  if (what === undefined && !isMapped(one, it.texts)) return undefined;
  if (constText(known(use, one.subject)) !== undefined) return undefined;
  const isEscape = it.texts.some((text) => isEscaped(text, one.by)) || isMapped(one, it.texts);
  if (use.language.replacesAll && !isEscape) return undefined;
  if (!isEscape && (isUnwrapping(use, one, it.texts) || isTestedBefore(use, one))) return undefined;
  if (isRepeated(use, one) || isUndone(use, one, it.texts)) return undefined;
  const weight = isEscape ? escapeWeight(what) : removalWeight(use, one, it.texts, what ?? '');
  const confidence =
    weight !== 'low' || (!isSanitizer(use, one) && !isPutIntoCode(use, one.value)) ? weight : 'medium';
  return { message: `Only the first ${shown(what ?? it.texts[0] ?? '')} is replaced.`, confidence };
}

/** Returns the first of `texts` that the replacement escapes or removes. Undefined if there is none. */
export function escapedOrRemoved(one: Replacement, texts: readonly string[]): string | undefined {
  return texts.find((text) => isEscaped(text, one.by) || isRemoved(one, text, texts));
}

/** `s.replace(/([^'])'/, "$1''")` puts back the character before what it escapes. */
function withoutContext(one: Replacement): Replacement {
  const { search, by } = one;
  if (search.kind !== 'pattern') return one;
  const source = /^\(\[\^(?:\\.|[^\]\\])+\]\)([^()]+)$/.exec(search.source)?.[1];
  const rest = by?.startsWith('$1') ? by.slice(2) : undefined;
  return source === undefined || rest === undefined
    ? one
    : { ...one, search: { ...search, source }, by: rest };
}

/** Characters such as `*` and `%` are often replaced once for other reasons, such as for a pattern or a message. */
function escapeWeight(what: string | undefined): Confidence {
  if (what !== undefined && '*\n%$#'.includes(what)) return 'low';
  return what === undefined || /["'`<>&\\]/.test(what) ? 'high' : 'medium';
}

/** Single characters are often removed only at the start or around a text: `"a"`, `>1.2`, `Array<a>`. */
function removalWeight(use: Use, one: Replacement, texts: readonly string[], what: string): Confidence {
  if (what.length > 1) return 'high';
  if (what === '\\' || (texts.length > 1 && one.search.kind === 'pattern')) return 'medium';
  if (what !== '<' && what !== '>') return 'low';
  const others = neighbours(use, one).flatMap(
    ({ search }) => searched(search, use.language.regexDialect).texts,
  );
  // Operators of version ranges.
  if (others.some((text) => /^[~^=v]$|^[<>]=$/.test(text))) return 'low';
  if (!others.includes(what === '<' ? '>' : '<')) return what === '<' ? 'medium' : 'low';
  return 'high';
}

/** The other replacements in the same text, before and after. */
function neighbours(use: Use, one: Replacement): readonly Replacement[] {
  return [...before(use, one.subject).replacements.slice(0, 6), ...after(use, one.value).slice(0, 6)];
}

export function shown(text: string): string {
  return text === '\\' ? 'backslash' : text === '\n' ? 'line break' : `\`${text}\``;
}

/** Whether the replacement is the character's escape in some language. */
function isEscaped(text: string, by: string | undefined): boolean {
  // An unescaped slash is harmless in most languages.
  if (text === '/' && by === '\\/') return false;
  if (by === undefined || [...text].length !== 1 || /[\w\s]/.test(text.replace('\n', '')))
    return text === ' ' && by === '%20';
  if (by === `\\${text}` || by === '\\$&' || by === '\\\\$&') return true;
  if (text === '\n') return by === '\\n' || by === '\\\\n';
  if (by === text + text) return '\'"`%'.includes(text);
  if (/^&(#\w+|[a-z]+);$/i.test(by)) return true;
  if (/^%[0-9a-f]{2}$/i.test(by)) return true;
  if (text === '$') return by === '$$$$';
  return (
    (text === "'" && (by === "'\\''" || by === "'\"'\"'")) ||
    (text === '*' && /^(%|\.\*\??|\[\^\/\][*+])$/.test(by))
  );
}

/** Parts of paths and markup that must not remain anywhere in a text. */
const pieces =
  /^(\.\.|\.\.[/\\]|[/\\]\.\.|[/\\]\.\.[/\\]|<\/?script>?|<!--|-->|javascript:|(%[0-9a-f]{2})+)$/i;

function isRemoved(one: Replacement, text: string, all: readonly string[]): boolean {
  const { by } = one;
  if (by === undefined || by.length > 1) return false;
  if (pieces.test(text)) return by === '' || text.startsWith('%') || /^[_/-]$/.test(by);
  if (text === '\\') return by === '/' || by === '';
  if (text === '<' || text === '>') return by === '' || /^[\s_-]$/.test(by);
  if (text === '|' || text === '`') return by === '';
  if (text === "'" || text === '"') return by === '' || (by === ' ' && all.length > 1);
  return false;
}

/** `s.replace(/[&<>"]/, (c) => entities[c])` */
function isMapped(one: Replacement, texts: readonly string[]): boolean {
  return one.isByFunction && texts.filter((text) => /^[&<>"']$/.test(text)).length >= 2;
}

/** A single encoded separator is restored: `encodeURIComponent(auth).replace('%3A', ':')`. */
function isUndone(use: Use, { by, subject }: Replacement, texts: readonly string[]): boolean {
  if (by === undefined || !/^[^%]$/.test(by)) return false;
  if (texts.some((text) => text.toUpperCase() !== encodeURIComponent(by))) return false;
  return before(use, subject).callees.has('encodeURIComponent');
}

/** The two quotes around a text are removed: `s.replace('"', '').replace('"', '')`. */
function isUnwrapping(use: Use, one: Replacement, texts: readonly string[]): boolean {
  if (texts.some((text) => text !== '"' && text !== "'")) return false;
  return neighbours(use, one).some(
    (other) =>
      !other.all &&
      other.by === '' &&
      searched(other.search, 'ecmascript').texts.some((text) => texts.includes(text)),
  );
}
