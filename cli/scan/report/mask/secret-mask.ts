import type { Finding, Place } from '../../../finding/finding.ts';
import { settingsFormat } from '../../project/settings-format.ts';
import { literalsIn } from './literals-in.ts';
import { maskRanges } from './mask-text.ts';
import { secretRanges } from './secret-ranges.ts';
import { textPlaces } from './text-places.ts';
import type { TextRange } from './text-range.ts';

type Sources = (path: string) => string | undefined;

/** Rules whose findings mark a secret in the text. */
const ofSecrets: ReadonlySet<string> = new Set(['secret/hard-coded', 'secret/in-file']);
/** Values that are searched for in the whole project. */
const mostValues = 500;
const leastValue = 6;

/** Masks texts of a project. */
export interface SecretMask {
  /** The masked texts of files. Each is masked once. */
  readonly sources: Sources;
  /** Masks a changed version of a file. */
  readonly mask: (path: string, text: string) => string;
}

/**
 * Returns a mask that hides secrets in the texts of files, so that reports may show the texts. At most a few leading
 * characters of a secret are kept; the rest becomes `*`. The length stays the same, so positions stay correct.
 * Fingerprints must be made of the masked texts too: the hash of a line with a short password would allow guessing the
 * password (CWE-532, CWE-916).
 * @param found all findings, including suppressed ones
 */
export function secretMask(sources: Sources, found: Iterable<Finding>): SecretMask {
  const places = new Map<string, Place[]>();
  for (const { rule, place } of found) {
    if (!ofSecrets.has(rule)) continue;
    places.set(place.path, [...(places.get(place.path) ?? []), place]);
  }
  const marked = new Map<string, readonly TextRange[]>();
  const anywhere = new Set<string>();
  for (const [path, own] of places) {
    const text = sources(path);
    if (text === undefined) continue;
    const ranges = markedRanges(path, text, own);
    marked.set(path, ranges);
    for (const value of valuesOf(text, ranges)) {
      if (value.length >= leastValue && anywhere.size < mostValues) anywhere.add(value);
    }
  }
  const mask = (path: string, text: string): string => {
    const own = valuesOf(sources(path) ?? '', marked.get(path) ?? []);
    return maskRanges(text, [
      ...secretRanges(path, text),
      ...valueRanges(text, anywhere, false),
      ...valueRanges(text, own, true),
    ]);
  };
  const masked = new Map<string, string | undefined>();
  return {
    mask,
    sources(path) {
      if (!masked.has(path)) {
        const text = sources(path);
        const known = text === undefined ? text : mask(path, text);
        masked.set(path, known === undefined ? known : maskRanges(known, marked.get(path) ?? []));
      }
      return masked.get(path);
    },
  };
}

/** The literals at findings. In settings files, where values have no quotes, the ranges of the findings. */
function markedRanges(path: string, text: string, places: readonly Place[]): TextRange[] {
  const { offsetOf } = textPlaces(text);
  return places.flatMap(({ line, column, endLine, endColumn }) => {
    const at = offsetOf(line, column);
    const end = offsetOf(endLine, endColumn);
    const marked = text.slice(at, end);
    const literals = [...literalsIn(marked)];
    if (literals.some((one) => one.end > one.at)) {
      return literals.map((one) => ({ at: at + one.at, end: at + one.end }));
    }
    if (settingsFormat(path) !== undefined || /["'`]/.test(marked)) return [{ at, end }];
    return declaredAs(text, marked);
  });
}

/** `const key = '...'`, for a finding where `key` is used. */
function declaredAs(text: string, name: string): TextRange[] {
  if (!/^[A-Za-z_$][\w$]{0,80}$/.test(name)) return [];
  const declared = new RegExp(
    `(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s{0,9}(?::[^=\\n]{0,80})?=\\s{0,9}\\w{0,2}$`,
  );
  return [...literalsIn(text)].filter(({ open }) => declared.test(text.slice(Math.max(0, open - 200), open)));
}

function valuesOf(text: string, ranges: readonly TextRange[]): ReadonlySet<string> {
  return new Set(ranges.slice(0, mostValues).map(({ at, end }) => text.slice(at, end)));
}

/** Further occurrences of values. Short ones only count between quotes. */
function* valueRanges(text: string, values: ReadonlySet<string>, isQuoted: boolean): Generator<TextRange> {
  for (const value of values) {
    if (value === '') continue;
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      const end = at + value.length;
      if (!isQuoted || /^(["'`])\1$/.test(text.charAt(at - 1) + text.charAt(end))) yield { at, end };
    }
  }
}
