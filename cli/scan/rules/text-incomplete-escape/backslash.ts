import type { Use } from '../kit/use.ts';
import { after, before } from './chain.ts';
import { shown } from './first-only.ts';
import type { Replacement, Search } from './replacement.ts';
import { searched, singles } from './searched.ts';
import { finds } from './tried.ts';
import type { Weakness } from './weakness.ts';

/** Functions whose result has its backslashes escaped, or has none. */
const escaping =
  /^(stringify|dumps|repr|encodeURI|encodeURIComponent|quote|quote_plus|b64encode|hexlify|btoa|isoformat|toISOString|toFixed|hex|escape|re_escape|escapeRegExp|addslashes|unicode_escape|translate|normalizePath|slash|slashed|toPosix(Path)?|as_posix)$/;

/**
 * Finds a replacement that escapes a character with a backslash but doesn't escape existing backslashes. Such a replacement
 * turns `\'` into `\\'`, where the quote is no longer escaped.
 */
export function unescapedBackslash(use: Use, one: Replacement): Weakness | undefined {
  const language = use.language.regexDialect;
  const { by, search } = one;
  if (!one.all || by?.startsWith('\\') !== true) return undefined;
  // An expression with a backslash considers backslashes.
  if (search.kind === 'pattern' && /\\\\/.test(search.source)) return undefined;
  const it = searched(search, language);
  const chars = singles(it);
  if (it.isMore || chars.size !== it.texts.length || !isPrefixed(by, chars, search.kind)) return undefined;
  const confidence = confidenceOf(chars);
  if (!confidence || chars.has('\\')) return undefined;
  const earlier = before(use, one.subject);
  if (earlier.replacements.some((other) => handles(use, other.search, '\\'))) return undefined;
  if ([...earlier.callees].some((name) => escaping.test(name) || /escape/i.test(name))) return undefined;
  // If backslashes are escaped too late, the wrong order is reported instead.
  if (after(use, one.value).some((other) => handles(use, other.search, '\\'))) return undefined;
  const [first] = chars;
  return {
    message: `${shown(first ?? '')} is escaped with a backslash, but the backslash itself is not escaped.`,
    confidence,
  };
}

/** Whether a replacement puts one backslash before its match. */
function isPrefixed(by: string, chars: ReadonlySet<string>, kind: Search['kind']): boolean {
  const [only] = chars;
  if (chars.size === 1 && (by === `\\${only}` || (kind === 'pattern' && by === `\\\\${only}`))) return true;
  return kind === 'pattern' && /^\\(\$[&01]|\\\\[01]|\\\\g<[01]>|\\[01]|\\g<[01]>)$/.test(by);
}

function confidenceOf(chars: ReadonlySet<string>): 'medium' | 'low' | undefined {
  if ([...chars].some((char) => /\w|\s/.test(char) && char !== '_')) return undefined;
  if (['"', "'", '`'].some((quote) => chars.has(quote))) return 'medium';
  if (chars.has('%') || chars.has('_')) return chars.size === 1 && chars.has('_') ? 'low' : 'medium';
  return [...'.*+?^$()[]{}|'].filter((char) => chars.has(char)).length >= 4 ? 'medium' : 'low';
}

export function handles(use: Use, search: Search, char: string): boolean {
  const language = use.language.regexDialect;
  return finds(search, language, char) ?? search.kind === 'pattern';
}
