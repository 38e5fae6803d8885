import { isQuotedAt, valueAt, wholeEnd } from './assigned-value.ts';
import { mayNameSecret, type NameStrength, nameStrength } from './secret-name.ts';
import { isSecretLeaf, isSecretValue, looksSecret, type Standing } from './secret-value.ts';
import { type Leaf, leavesAt } from './structured-value.ts';

/**
 * A name, closing quotes or brackets, and what assigns: `name=value`, `"name": "value"`, `\"name\":\"value\"`,
 * `user[name]=value`, `Name: value`, `:name => "value"`, `--name value`, `name 'value'`, `name('value')`,
 * `the name is value`.
 *
 * It starts only where a word starts, and each part is bounded, so that it reads no text twice.
 */
const assignment =
  /(?<![\w.-])([\w.\u00c0-\u024f\u0400-\u04ff\u3040-\u9fff\uac00-\ud7af-]{1,80})((?:\[\d{0,3}\])?(?:\\{0,7}["'`\])]){0,2}(?:(?:[ \t](?:is|was))?\s{0,4}\\?(?:!={1,2}(?=\s{0,4}["'`])|={1,3}>?|::(?=\s)|:=?|\uff1a|#(?=\d))\s{0,4}|(?<=--[\w-]{1,78})[ \t]{1,4}(?=[^\s-])|\((?=[\w$@]{0,2}\\{0,3}["'`])|[ \t]for[ \t][^\s=]{1,80}[ \t]{1,2}=[ \t]{0,2}|[ \t]{1,3}(?:(?:is|was|to|from|as|by|values?|with|set|has|been|changed|reset|updated|now|hash|md5|sha\d{1,3})[ \t]{1,3}){0,4}(?=[^\s:=-])))/gi;

/** A word before the name that belongs to it, in prose: `API key: ...`. */
const labelBefore = /(?:^|[\s"'({[])([a-z\d]{2,15})[ \t]$/i;

/** What holds the value of a pair whose other half has the name: `name="password" value="..."`. */
const pairValue = /^(?:value|val|content|received|input)$/i;
const pairName =
  /(?<![\w-])(?:name|key|path|field|id|header|property|param)["']?\s?[=:]\s?\[?["']?([\w.[\]-]{1,64})/gi;
const pairNameBehind =
  /["']?(?:\s?,\s?|\s)["']?(?:name|key|path|field|header)["']?\s?[=:]\s?\[?["']?([\w.-]{1,64})/y;

/** A second value of the same name: a list of codes, the old one and the new one. */
const another =
  /["']?(?:,?[ \t]{1,2}(?:->|=>|to|replace)[ \t]{1,2}|,?[ \t](?=[\w-]{0,40}\d[\w-]{0,40}(?:[,\s]|$)))/iy;

/** A function of JavaScript, not a pair of Ruby or PHP. */
const arrow = /^\)?\s{0,4}=>/;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Takes the values out of `text` that are given to a secret's name. */
export function withoutAssignedSecrets(text: string): string {
  if (!mayNameSecret(text)) return text;
  const spans: Span[] = [];
  const walked = new Map<NameStrength, number>();
  assignment.lastIndex = 0;
  for (let found = assignment.exec(text); found; found = assignment.exec(text)) {
    const [, name = '', sign = ''] = found;
    if (!mayNameSecret(name) && !pairValue.test(name)) {
      // A long sign has words in it, and they may be names themselves.
      if (sign.length > 8) assignment.lastIndex = found.index + name.length;
      continue;
    }
    const start = assignment.lastIndex;
    const strength = strengthOf(text, found.index, name, sign);
    const value = valueAt(text, start);
    const { from, to, kind } = value;
    if (kind === 'structure') {
      if (
        strength === undefined ||
        !/[:=(]/.test(sign) ||
        arrow.test(sign) ||
        (walked.get(strength) ?? 0) > start
      )
        continue;
      const { leaves, end } = leavesAt(text, start);
      walked.set(strength, end);
      for (const leaf of leaves) if (isLeaf(text, leaf, name, strength)) spans.push(leaf);
      continue;
    }
    if (from >= to) continue;
    const judged = strength ?? strengthBehind(text, to, name);
    if (judged === undefined) continue;
    const standing = standingOf(text, found.index, sign, kind === 'quoted');
    if (!isGiven(text, { from, to }, name, judged, standing, sign)) continue;
    const end = wholeEnd(text, value);
    spans.push({ from, to: end });
    assignment.lastIndex = Math.max(start, furtherValues(text, end, spans, name));
  }
  return withoutSpans(text, spans);
}

function isLeaf(text: string, leaf: Leaf, name: string, strength: NameStrength): boolean {
  return isSecretLeaf(text.slice(leaf.from, leaf.to), leaf, name, strength);
}

function isGiven(
  text: string,
  { from, to }: Span,
  name: string,
  strength: NameStrength,
  standing: Standing,
  sign: string,
): boolean {
  const value = text.slice(from, to);
  // Behind a space or in a call, a quoted string is the value of a sure name only.
  if (arrow.test(sign) && (sign.startsWith(')') || !/["'`\d]/.test(text[from - 1] + value))) return false;
  // Prose in Markdown: `token:` or `session:`
  if (
    text[from - 1] === '`' &&
    !sign.includes('=') &&
    (/\s/.test(value) || (strength === 'given' && !looksSecret(value)))
  )
    return false;
  if (sign.startsWith(']:') && /^:?[a-z-]+$/.test(value)) return false; // a state in CSS
  // SELECT "id", "password" FROM "users"
  if (/^\\{0,7}["'`\])]/.test(sign) && /^[^:=]*$/.test(sign) && !/value/i.test(sign)) return false;
  if (standing === 'given' && sign !== '=' && strength !== 'always' && !/[:=#\uff1a]/.test(sign))
    return /\d/.test(value) && looksSecret(value) && strength !== 'maybe';
  if (standing === 'spaced' && strength !== 'always' && strength !== 'given') return false;
  return isSecretValue(value, name, strength, standing);
}

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

function strengthOf(text: string, at: number, name: string, sign: string): NameStrength | undefined {
  if (/^identified$/i.test(name)) return /^\s+by\s/i.test(sign) ? 'always' : undefined;
  if (pairValue.test(name)) {
    const before = text.slice(Math.max(0, at - 150), at);
    const pair = [...before.matchAll(pairName)].at(-1);
    if (!pair || /[{}<>]/.test(before.slice(pair.index + pair[0].length))) return elementStrength(before);
    return nameStrength(pair[1] as string);
  }
  if (!/[ \t]/.test(text.charAt(at - 1))) return nameStrength(name);
  const label = labelBefore.exec(text.slice(Math.max(0, at - 18), at))?.[1];
  return (label !== undefined && nameStrength(`${label} ${name}`)) || nameStrength(name);
}

/** `<password value="...">` */
function elementStrength(before: string): NameStrength | undefined {
  const element = before.slice(before.lastIndexOf('<') + 1);
  return before.includes('<') && !element.includes('>')
    ? nameStrength(/^[\w:-]*/.exec(element)?.[0] ?? '')
    : undefined;
}

/** The name of a pair that comes after its value. */
function strengthBehind(text: string, at: number, name: string): NameStrength | undefined {
  if (!pairValue.test(name)) return undefined;
  pairNameBehind.lastIndex = at;
  const behind = pairNameBehind.exec(text)?.[1];
  return behind === undefined ? undefined : nameStrength(behind);
}

function standingOf(text: string, at: number, sign: string, quoted: boolean): Standing {
  if (quoted || sign === '=') return 'given';
  if (/^[^:=#\uff1a(]*$/.test(sign)) return text[at] === '-' && text[at + 1] === '-' ? 'given' : 'spaced';
  if (sign.includes('=') || sign.includes('#')) return 'given';
  if (/\s$/.test(sign)) return 'prose';
  return 'glued';
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
