import { mayNameSecret, type NameStrength, nameStrength } from './secret-name.ts';

/**
 * A name, closing quotes or brackets, and what assigns: `name=value`, `"name": "value"`, `\"name\":\"value\"`,
 * `user[name]=value`, `Name: value`, `:name => "value"`, `<name>value`, `--name value`.
 *
 * It starts only where a word starts, and each part is bounded, so that it reads no text twice.
 */
const assignment =
  /(?<![\w.-])([\w.-]{1,80})((?:\\{0,3}["'`\])]){0,2}(?:\s{0,4}(?:={1,3}>?|:=?)\s{0,4}|>(?=[^\s<])|(?<=--[\w-]{1,78})[ \t]{1,4}(?=[^\s-])|"\r?\n\r?\n))/g;

/** A word before the name that belongs to it, in prose: `API key: ...`. */
const labelBefore = /(?:^|[\s"'({[])([a-z\d]{2,15})[ \t]$/i;

/** `name="password" value="..."`, in HTML and in lists of pairs. */
const namedBefore = /\bname["']?\s?[=:]\s?["']([\w.[\]-]{1,64})["'],?\s{0,4}["']?$/i;

/** Takes the values out of `text` that are given to a secret's name. */
export function withoutAssignedSecrets(text: string): string {
  if (!mayNameSecret(text)) return text;
  let clean = '';
  let copied = 0;
  assignment.lastIndex = 0;
  for (let found = assignment.exec(text); found; found = assignment.exec(text)) {
    const [, name = '', sign = ''] = found;
    const strength = strengthOf(text, found.index, name);
    if (strength === undefined) continue;
    const start = found.index + name.length + sign.length;
    const [from, to] = valueAt(text, start, sign);
    if (
      from === to ||
      !isSecret(text.slice(from, to), name, strength, how(text, found.index, sign, from > start))
    )
      continue;
    clean += `${text.slice(copied, from)}[redacted]`;
    copied = to;
    assignment.lastIndex = to;
  }
  return copied === 0 ? text : clean + text.slice(copied);
}

function strengthOf(text: string, at: number, name: string): NameStrength | undefined {
  if (/^value$/i.test(name)) {
    const named = namedBefore.exec(text.slice(Math.max(0, at - 90), at))?.[1];
    return named === undefined ? undefined : nameStrength(named);
  }
  const label = labelBefore.exec(text.slice(Math.max(0, at - 18), at))?.[1];
  return (label !== undefined && nameStrength(`${label} ${name}`)) || nameStrength(name);
}

/** `prose` is the loosest: a bare value after a colon and a space. */
function how(text: string, at: number, sign: string, quoted: boolean): 'prose' | 'path' | 'given' {
  if (quoted || !sign.includes(':') || sign.includes('=')) return 'given';
  if (/\s$/.test(sign)) return 'prose';
  return text[at - 1] === '/' ? 'path' : 'given';
}

/** From the first character of the value, without its quotes, to the one after its last. */
function valueAt(text: string, start: number, sign: string): [from: number, to: number] {
  if (sign.endsWith('\n')) return [start, endOf(text, start, /[\r\n]/g)];
  if (sign.endsWith('>') && !sign.includes('=')) return [start, endOf(text, start, /</g)];
  opening.lastIndex = start;
  const quote = opening.exec(text)?.[0];
  if (quote !== undefined) {
    const from = start + quote.length;
    return [from, endOf(text, from, closing(quote))];
  }
  if (text[start] === '{') return [start, start];
  if (text[start] === '[') return [start, endOf(text, start, /\]/g, 1)];
  bare.lastIndex = start;
  const value = bare.exec(text)?.[0] ?? '';
  const digits = /^(\d+)[,;}\])]+$/.exec(value)?.[1];
  return [start, start + (digits ?? value).length];
}

const opening = /\\{0,3}["'`]/y;

/** The same quote, behind as many backslashes: text inside text inside JSON. */
function closing(quote: string): RegExp {
  const known = closings.get(quote);
  if (known) return known;
  const slashes = quote.length - 1;
  // After an even number of further backslashes a plain quote closes; an escaped one is part of the value.
  const before = slashes === 0 ? '(?<=(?<!\\\\)(?:\\\\\\\\){0,50})' : '(?<!\\\\)';
  const made = new RegExp(`${before}\\\\{${slashes}}${quote.at(-1)}`, 'g');
  closings.set(quote, made);
  return made;
}

const closings = new Map<string, RegExp>();
// Up to a space, a quote, `&`, or the next pair of a list (`; name=`).
const bare = /(?:(?![;,]\s?[\w .-]{1,40}[=:])[^\s&"'`<>])+/y;

function endOf(text: string, from: number, end: RegExp, extra = 0): number {
  end.lastIndex = from;
  const found = end.exec(text);
  return found ? found.index + extra : text.length;
}

function isSecret(
  value: string,
  name: string,
  strength: NameStrength,
  given: 'prose' | 'path' | 'given',
): boolean {
  if (isPlaceholder(value, name)) return false;
  if (strength === 'maybe') return looksIssued(value) || (/s$/i.test(name) && /^\[\s?["'`]/.test(value));
  if (strength === 'number') return /^\d{4,12}$/.test(value);
  if (given === 'path') return looksSecret(value);
  if (given === 'given') return !(strength === 'given' && /^\d{1,3}$/.test(value));
  if (strength === 'always') return !prose.test(value);
  return looksSecret(value) || /^\d{4,12}$/.test(value);
}

/** What stands for a value instead of being one: a parameter of SQL, a template's hole, the same name again. */
function isPlaceholder(value: string, name: string): boolean {
  if (/^(?:true|false|null|undefined|nil|none|\[[a-z ]+\]|\*+)[,;)}\]]*$/i.test(value)) return true;
  if (/^(?:\?|\$\d{1,3}|%s|\$?\{\{?[\w. ()]{1,60}\}?\}|<[\w -]{1,40}>)[,;)]*$/.test(value)) return true;
  // `where p.token = q.token`, `password = :password`, `PWD=/srv/app`
  if (/^(?:OLD)?PWD$/.test(name) && value.startsWith('/')) return true;
  const word = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const end = value.replace(/[,;)]+$/, '').toLowerCase();
  return end.endsWith(word) && /^(?:[:@$]|\w{1,30}\.)$/.test(end.slice(0, -word.length));
}

const prose =
  /^(?:must|should|is|was|are|has|the|an?|too|cannot|can|may|needs?|not|no|at|in|for|of|to|and|or|your|field|required|invalid|missing|expired|wrong|incorrect|changed|reset|unset|empty|optional|minimum|maximum|min|max|only|use|please|enter|check)[.,;:!)]*$/i;

/** Not a word: letters and digits, or long. */
function looksSecret(value: string): boolean {
  return value.length >= 20 || (value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value));
}

/** Long, of the alphabet of base64 and hexadecimal, with letters and digits. */
function looksIssued(value: string): boolean {
  return value.length >= 16 && /^[\w+/=.~-]+$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}
