import { isQuotedAt, type ValueSpan, valueAt, wholeEnd } from './assigned-value.ts';
import { isPairValue, nameStrengthAt, nameStrengthBehind } from './name-strength-at.ts';
import { mayNameSecret, type NameStrength } from './secret-name.ts';
import { isSecretLeaf, isSecretValue, looksSecret, type Standing } from './secret-value.ts';
import { leavesAt } from './structured-value.ts';

const nameCharacters = '[\\w.\\u00c0-\\u024f\\u0400-\\u04ff\\u3040-\\u9fff\\uac00-\\ud7af-]';

/** `"]` after the name, as in `"name":`, `\\"name\\":`, `user[name]=` and `name[0]=`. */
const closers = '(?:\\[\\d{0,3}\\])?(?:\\\\{0,7}["\'`\\])]){0,2}';

/** What joins a name and its value, each within bounds. */
const signs = [
  // name=value, name: value, name => value, name != "value", cvv#123, LDIF's name:: value
  '(?:[ \\t](?:is|was))?\\s{0,4}\\\\{0,3}(?:!={1,2}(?=\\s{0,4}["\'`])|={1,3}>?|::(?=\\s)|:=?|\\uff1a|#(?=\\d))\\s{0,4}',
  // --name value
  '(?<=--[\\w-]{1,78})[ \\t]{1,4}(?=[^\\s-])',
  // name('value')
  '\\((?=[\\w$@]{0,2}\\\\{0,3}["\'`])',
  // set password for bob = 'value'
  '[ \\t]for[ \\t][^\\s=]{1,80}[ \\t]{1,2}=[ \\t]{0,2}',
  // name 'value', the name is value, identified with name by 'value'
  '[ \\t]{1,3}(?:(?:is|was|to|from|as|by|values?|with|set|has|been|changed|reset|updated|now|hash|md5|sha\\d{1,3})[ \\t]{1,3}){0,4}(?=[^\\s:=-])',
].join('|');

/** A name and its sign. It starts only at the start of a word, and each part is bounded, so time stays linear. */
const assignment = new RegExp(`(?<![\\w.-])(${nameCharacters}{1,80})(${closers}(?:${signs}))`, 'gi');

/** What leads to another value of the same name: `code, code` and `old -> new`. */
const another =
  /\\{0,7}["']?(?:,?[ \t]{1,2}(?:->|=>|to|replace)[ \t]{1,2}|,?[ \t](?=[\w-]{0,40}\d[\w-]{0,40}(?:[,\s]|$)))/iy;

/** A function of JavaScript, not a pair of Ruby or PHP. */
const arrow = /^\)?\s{0,4}=>/;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Redacts the values that `text` assigns to a secret's name. */
export function withoutAssignedSecrets(text: string): string {
  if (!mayNameSecret(text)) return text;
  const spans: Span[] = [];
  // How far objects and lists were read, so that nested ones are not read again.
  const walked = new Map<NameStrength, number>();
  assignment.lastIndex = 0;
  for (let found = assignment.exec(text); found; found = assignment.exec(text)) {
    const [, name = '', sign = ''] = found;
    if (!mayNameSecret(name) && !isPairValue(name)) {
      // A long sign contains words, which may be names themselves.
      if (sign.length > 8) assignment.lastIndex = found.index + name.length;
      continue;
    }
    const start = assignment.lastIndex;
    const value = valueAt(text, start);
    let strength = nameStrengthAt(text, found.index, name, sign);
    if (value.kind === 'structure') {
      if (strength === undefined || !/[:=(]/.test(sign) || arrow.test(sign)) continue;
      if ((walked.get(strength) ?? 0) > start) continue;
      const { leaves, end } = leavesAt(text, start);
      walked.set(strength, end);
      for (const leaf of leaves) {
        if (isSecretLeaf(text.slice(leaf.from, leaf.to), leaf, name, strength)) spans.push(leaf);
      }
      continue;
    }
    if (strength === undefined && isPairValue(name)) strength = nameStrengthBehind(text, value.to);
    if (strength === undefined) continue;
    if (!isGiven(text, value, found.index, name, sign, strength)) {
      if (text.startsWith('[redacted]', value.from)) furtherValues(text, value.to, spans, name);
      continue;
    }
    const end = wholeEnd(text, value);
    spans.push({ from: value.from, to: end });
    assignment.lastIndex = Math.max(start, furtherValues(text, end, spans, name));
  }
  return withoutSpans(text, spans);
}

function isGiven(
  text: string,
  { from, to, kind }: ValueSpan,
  at: number,
  name: string,
  sign: string,
  strength: NameStrength,
): boolean {
  if (from >= to) return false;
  const value = text.slice(from, to);
  const standing = standingOf(text, at, sign, kind === 'quoted');
  if (sign !== '=' && isOnlyNextTo(text[from - 1], value, sign, strength)) return false;
  if (standing === 'spaced' && strength !== 'always' && strength !== 'given') return false;
  if (standing === 'given' && strength !== 'always' && !/[=:#\uff1a]/.test(sign))
    return strength !== 'maybe' && /\d/.test(value) && looksSecret(value);
  return isSecretValue(value, name, strength, standing);
}

/** True for a text that follows a name in code or prose without being assigned to it. */
function isOnlyNextTo(
  quote: string | undefined,
  value: string,
  sign: string,
  strength: NameStrength,
): boolean {
  if (arrow.test(sign)) return sign.startsWith(')') || !/["'`\d]/.test(quote + value);
  // Markdown: `token:` or `session:`
  if (
    quote === '`' &&
    !sign.includes('=') &&
    (/\s/.test(value) || (strength === 'given' && !looksSecret(value)))
  )
    return true;
  // CSS: [type=password]:focus
  if (sign.startsWith(']:') && /^:?[a-z-]+$/.test(value)) return true;
  // SQL: select "id", "password" from "users"
  return /^\\{0,7}["'`\])]/.test(sign) && /^[^:=]*$/.test(sign) && !/value/i.test(sign);
}

function standingOf(text: string, at: number, sign: string, quoted: boolean): Standing {
  if (quoted || sign === '=') return 'given';
  if (/^[^:=#\uff1a(]*$/.test(sign)) return text.startsWith('--', at) ? 'given' : 'spaced';
  if (sign.includes('=') || sign.includes('#')) return 'given';
  return /\s$/.test(sign) ? 'prose' : 'glued';
}

/** Adds the further values after a redacted one, and returns where the last one ends. */
function furtherValues(text: string, at: number, spans: Span[], name: string): number {
  let end = at;
  for (let i = 0; i < 20; i++) {
    another.lastIndex = end;
    if (!another.test(text)) return end;
    if (/^,?[ \t](?!->|=>|to\b|replace\b)/i.test(text.slice(end, end + 9)) && !/s$/i.test(name)) return end;
    const { from, to } = valueAt(text, another.lastIndex);
    const value = text.slice(from, to);
    if (from >= to || !(isQuotedAt(text, another.lastIndex) || (/\d/.test(value) && looksSecret(value))))
      return end;
    if (!isSecretValue(value, name, 'given', 'given')) return end;
    spans.push({ from, to });
    end = to;
  }
  return end;
}

function withoutSpans(text: string, spans: Span[]): string {
  if (spans.length === 0) return text;
  spans.sort((a, b) => a.from - b.from);
  let clean = '';
  let copied = 0;
  for (const { from, to } of spans) {
    if (from >= copied) clean += `${text.slice(copied, from)}[redacted]`;
    copied = Math.max(copied, to);
  }
  return clean + text.slice(copied);
}
