import { allKinds, type Kinds, kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import { matchesLocalPaths } from '../../regex/beginnings.ts';
import { sinkKinds } from '../../sinks/sink-kinds.ts';

/**
 * The sink kinds that a text is clean for when a regular expression matches it. An unanchored expression proves nothing,
 * unless it fixes the beginning of a URL.
 *
 *     kindsAdmittedBy('^[a-z0-9_]+$', '', 'search')   // all kinds: letters, digits, underscores
 *     kindsAdmittedBy('[a-z]+', '', 'search')         // none: any text may surround it
 */
export function kindsAdmittedBy(source: string, flags: string, how: 'match' | 'fullmatch' | 'search'): Kinds {
  const key = `${how} ${flags} ${source}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const found = compute(source, flags, how);
  if (cache.size > 5000) cache.clear();
  cache.set(key, found);
  return found;
}

const cache = new Map<string, Kinds>();

function compute(source: string, flags: string, how: 'match' | 'fullmatch' | 'search'): Kinds {
  const inlineMultiline = /^\(\?[a-z]*m/.test(source);
  if (flags.includes('m') || inlineMultiline) return how === 'fullmatch' ? admitted(source) : noKinds;
  let inner = source.replace(/^\(\?[a-zA-Z]+\)/, '');
  const starts = how !== 'search' || inner.startsWith('^') || inner.startsWith('\\A');
  const ends =
    how === 'fullmatch' ||
    /(^|[^\\])(\\\\)*\$$/.test(inner) ||
    inner.endsWith('\\Z') ||
    inner.endsWith('\\z');
  inner = inner.replace(/^(\^|\\A)/, '');
  if (starts && fixesHost(inner)) {
    return kinds('ssrf', 'redirect', 'link').union(
      ends ? admitted(inner.replace(/\$$|\\[zZ]$/, '')) : noKinds,
    );
  }
  if (starts && !ends && /^https?\??:/.test(inner)) return kinds('link');
  const body = inner.replace(/\$$|\\[zZ]$/, '');
  const isPath = beginsAsPath(inner) || (ends && (hasOneSlash(body) || isLocalPath(body, flags)));
  if (starts && isPath && !hasOuterAlternative(body)) {
    const rest = ends ? admitted(body) : noKinds;
    return kinds('redirect', 'link').union(rest);
  }
  if (!starts || !ends) return noKinds;
  inner = inner.replace(/\$$|\\[zZ]$/, '');
  // `^a|b$` is anchored at one side of each alternative only.
  if (hasOuterAlternative(inner)) return noKinds;
  return admitted(inner);
}

/** Constant host names, or alternatives of constant names: `(a|b)\.example`. */
const writtenHost = String.raw`(?:[\w-]|\\?\.|\((?:\?:)?(?:[\w-]|\\?\.)+(?:\|(?:[\w-]|\\?\.)+)*\)\??)+`;
/** Any subdomain of a constant domain: `[a-z0-9-]+\.example\.com`, `(?:[\w-]+\.)*example\.com`. */
const hostBelow = String.raw`(?:\[(?:\\[wd]|[\w-])+\][+*]\\\.|\((?:\?:)?\[(?:\\[wd]|[\w-])+\][+*]\\\.\)[?*+]?)[\w-]+(?:\\?\.[\w-]+)+`;
const hostFixed = new RegExp(`^https?\\??:(?:\\\\?/){2}(?:${writtenHost}|${hostBelow})(?::\\d+)?\\\\?/`);

/** Whether an expression begins with a scheme, a constant host or a subdomain of a constant domain, and a slash. */
function fixesHost(inner: string): boolean {
  return hostFixed.test(inner);
}

/** Whether a slash and then a character other than a slash come first: such a text names no host. */
function beginsAsPath(inner: string): boolean {
  let first = inner;
  // `^\/(?![\/\\])`, `^\/[^\/\\]`: refuses a second slash, and a backslash, which browsers read as a slash.
  const [, refused] =
    /^\\?\/(?:\[\^((?:[^\]\\]|\\.)+)\](?![*?]|\{0)|\(\?!\[((?:[^\]\\]|\\.)+)\]\)|\(\?!((?:\\?\/|\\\\|\|)+)\))/
      .exec(inner)
      ?.filter((group) => group !== undefined) ?? [];
  if (refused !== undefined) return refused.includes('/') && refused.includes('\\\\');
  if (inner.startsWith('(')) {
    // A mandatory group without alternatives.
    const end = skipGroup(inner, 0);
    if (end < 0 || /^(?:[*?]|\{0)/.test(inner.slice(end, end + 2))) return false;
    first = inner.slice(inner.startsWith('(?:') ? 3 : 1, end - 1);
    if (first.includes('|')) return false;
  }
  const [, unit, count = ''] = /^\\?\/(\[(?:[^\]\\]|\\.)+\]|\\[wd]|[\w-])([*?]|\{0)?/.exec(first) ?? [];
  const chars = unit === undefined || count !== '' ? undefined : charactersOf(unit);
  return chars !== undefined && !chars.has('/') && !chars.has('\\');
}

function isLocalPath(whole: string, flags: string): boolean {
  return /^(?:\(\?:)?\\?\//.test(whole) && matchesLocalPaths(whole, flags);
}

/** Whether an expression matches one slash at the start and none later. */
function hasOneSlash(whole: string): boolean {
  const rest = /^\\?\/(?![*+?{])/.test(whole) ? charactersOf(whole.slice(whole.indexOf('/') + 1)) : undefined;
  return rest !== undefined && !rest.has('/') && !rest.has('\\');
}

function hasOuterAlternative(source: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const char = source[i];
    if (char === '\\') i++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '|' && depth === 0) return true;
  }
  return false;
}

/** Characters that do harm, kind by kind. What no character of these is in cannot break out. */
const dangerous: readonly (readonly [Kinds, string])[] = sinkKinds.flatMap(({ id, harmfulCharacters }) =>
  harmfulCharacters === undefined ? [] : [[kinds(id), harmfulCharacters] as const],
);

/** The sink kinds where a text is harmful because it names existing code. No check of its characters helps there. */
export const byName: Kinds = kinds(...sinkKinds.filter(({ isByName }) => isByName).map(({ id }) => id));

/** The sink kinds that a text is clean for if it holds only characters that this regular expression can match. */
export function admitted(source: string): Kinds {
  // One of a few constant words.
  if (/^(?:\((?:\?:)?)?[\w-]+(?:\|[\w-]+)*\)?$/.test(source)) return allKinds;
  const chars = charactersOf(source);
  if (chars === undefined) return noKinds;
  let clean = allKinds.without(byName);
  for (const [kind, list] of dangerous) {
    for (const char of list) {
      if (chars.has(char)) {
        clean = clean.without(kind);
        break;
      }
    }
  }
  // Digits and signs are a sum at most: without letters and brackets nothing can be named or called.
  if (![...chars].some((char) => /[a-z_$"'`\\[\]{}]/i.test(char))) clean = clean.union(kinds('code'));
  return clean;
}

/**
 * The sink kinds that a text is clean for if it contains none of the characters `chars`. A kind is included only if
 * `chars` has all characters that are dangerous for it.
 */
export function kindsWithout(chars: ReadonlySet<string>): Kinds {
  let clean = quotes.every((quote) => chars.has(quote)) ? kinds('xss') : noKinds;
  for (const [kind, list] of refusable)
    if ([...list].every((char) => chars.has(char))) clean = clean.union(kind);
  return clean;
}

const quotes = ['<', '"', "'"];
/** Kinds for which all signs that do harm are known: what is no sign of these is harmless. */
const refusable: readonly (readonly [Kinds, string])[] = sinkKinds.flatMap(
  ({ id, isRefusable, harmfulCharacters = '' }) =>
    isRefusable ? [[kinds(id), harmfulCharacters] as const] : [],
);

/** All ASCII characters that any part of a regular expression can match; undefined if they cannot be enumerated. */
export function charactersOf(source: string): ReadonlySet<string> | undefined {
  const chars = new Set<string>();
  let i = 0;
  while (i < source.length) {
    const char = source[i] as string;
    if (char === '\\') {
      const name = source[i + 1] ?? '';
      const code = codeEscape(source, i);
      i += code?.length ?? 2;
      if (code) chars.add(code.char);
      else if (!addEscape(chars, name)) return undefined;
    } else if (char === '[') {
      const end = addClass(chars, source, i);
      if (end < 0) return undefined;
      i = end;
    } else if (char === '.') return undefined;
    else if (char === '(') {
      const special = /^\((\?(?:[:=!]|<[=!]|P?<\w+>))?/.exec(source.slice(i, i + 40));
      const kind = special?.[1] ?? '';
      // A lookaround only narrows the match; it adds no characters.
      if (/^\?(=|!|<=|<!)$/.test(kind)) {
        i = skipGroup(source, i);
        if (i < 0) return undefined;
      } else i += special?.[0].length ?? 1;
    } else if (char === '{') {
      const count = /^\{\d*,?\d*\}/.exec(source.slice(i, i + 24));
      if (!count) chars.add(char);
      i += count?.[0].length ?? 1;
    } else {
      if (!')|*+?^$'.includes(char)) chars.add(char);
      i++;
    }
  }
  return chars;
}

/** The index after the group that begins at `from`; -1 if the group is not closed. */
export function skipGroup(source: string, from: number): number {
  let depth = 0;
  for (let i = from; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '(') depth++;
    else if (source[i] === ')' && --depth === 0) return i + 1;
  }
  return -1;
}

function addRange(chars: Set<string>, from: number, to: number): void {
  for (let code = from; code <= to && code < 128; code++) chars.add(String.fromCharCode(code));
}

function addEscape(chars: Set<string>, name: string): boolean {
  switch (name) {
    case 'd':
      addRange(chars, 48, 57);
      return true;
    case 'w':
      addRange(chars, 48, 57);
      addRange(chars, 65, 90);
      addRange(chars, 97, 122);
      chars.add('_');
      return true;
    case 's':
      for (const char of ' \t\r\n\f\v') chars.add(char);
      return true;
    case 'b':
    case 'A':
    case 'Z':
      return true;
    case 'n':
      chars.add('\n');
      return true;
    case 'r':
      chars.add('\r');
      return true;
    case 't':
      chars.add('\t');
      return true;
    case 'D':
    case 'W':
    case 'S':
    case 'B':
    case 'x':
    case 'u':
    case 'p':
    case 'P':
      return false;
    default:
      if (/[1-9]/.test(name)) return true;
      chars.add(name);
      return true;
  }
}

/** `\\x0a`, `\\u2028`, `\\u{2028}`: the character, and the length of the escape. */
function codeEscape(
  source: string,
  at: number,
): { readonly char: string; readonly length: number } | undefined {
  const found = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})/i.exec(source.slice(at, at + 10));
  if (!found) return undefined;
  const code = Number.parseInt(found[1] ?? found[2] ?? found[3] ?? '0', 16);
  return code > 0x10ffff ? undefined : { char: String.fromCodePoint(code), length: found[0].length };
}

/** Adds the characters of a class. Returns the index behind it, or -1 if it is negated or not closed. */
function addClass(chars: Set<string>, source: string, from: number): number {
  let i = from + 1;
  if (source[i] === '^') return -1;
  for (let first = true; i < source.length; first = false) {
    let char = source[i] as string;
    if (char === ']' && !first) return i + 1;
    let isSet = false;
    if (char === '\\') {
      const code = codeEscape(source, i);
      char = code?.char ?? source[i + 1] ?? '';
      if (code) chars.add(char);
      else if (!addEscape(chars, char)) return -1;
      isSet = !code && 'dws'.includes(char);
      i += code?.length ?? 2;
    } else {
      chars.add(char);
      i++;
    }
    if (!isSet && source[i] === '-' && source[i + 1] !== undefined && source[i + 1] !== ']') {
      const to = source[i + 1] === '\\' ? source[i + 2] : source[i + 1];
      addRange(chars, char.charCodeAt(0), (to ?? char).charCodeAt(0));
      i += source[i + 1] === '\\' ? 3 : 2;
    }
  }
  return -1;
}
