import type { Inputs } from '../../request/inputs.ts';
import { lowered } from './read-text.ts';

/** One input, and the forms in which it may stand in a text. */
export interface Needles {
  readonly source: string;
  /** In lower case, trimmed. */
  readonly raw: string;
  /** A long run of letters and digits in it, which every form has; undefined where a form may have another. */
  readonly core: string | undefined;
  /** The likeliest first; made when first asked for. */
  forms(): readonly string[];
}

const key = Symbol('needles');

/** What to look for, made once for each request. */
export function needlesOf(inputs: Inputs): readonly Needles[] {
  return inputs.keep(key, () => makeNeedles(inputs));
}

function makeNeedles({ strings }: Inputs): readonly Needles[] {
  const needles: Needles[] = [];
  const seen = new Set<string>();
  const add = (text: string, source: string): void => {
    const raw = lowered(text).trim();
    if (raw === '' || seen.has(raw) || plain.test(raw)) return;
    seen.add(raw);
    needles.push(makeNeedle(raw, source));
  };
  for (const { text, source } of strings) {
    add(text, source);
    if (source.startsWith('headers') || text.length > longestSplit || !separators.test(text)) continue;
    // What applications split and put together again: `sort=price:desc`, `ids=1,2`.
    for (const piece of text.split(separators, mostPieces)) {
      if (piece.length > 4 && piece.length < text.length) add(piece, source);
    }
  }
  return needles;
}

const separators = /[,:|\n]/;
const longestSplit = 2_000;
const mostPieces = 64;

function makeNeedle(raw: string, source: string): Needles {
  let forms: readonly string[] | undefined;
  const core = coreOf(raw);
  // Spread, an object with a method takes ten times as long to make.
  return {
    source,
    raw,
    core,
    forms() {
      forms ??= formsOf(raw);
      return forms;
    },
  };
}

const enough = 6;

function coreOf(raw: string): string | undefined {
  if (beyondAscii.test(raw)) return undefined;
  let from = 0;
  let to = 0;
  let start = 0;
  for (let at = 0; at <= raw.length; at++) {
    const code = raw.charCodeAt(at);
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) continue;
    if (at - start > to - from) [from, to] = [start, at];
    if (to - from >= enough) break;
    start = at + 1;
  }
  return raw.slice(from, to);
}

const beyondAscii = /[\u0080-\uffff]/;

function formsOf(trimmed: string): string[] {
  const forms = new Set<string>();
  const add = (form: string): void => {
    if (form !== '' && !(form.length === 1 && !'\'"`\\'.includes(form)) && !plain.test(form)) forms.add(form);
  };
  add(trimmed);
  if (/['"`\\]/.test(trimmed)) {
    const doubled = trimmed.replaceAll("'", "''");
    add(doubled);
    add(trimmed.replace(/['"\\]/g, '\\$&'));
    add(doubled.replaceAll('\\', '\\\\'));
    add(trimmed.replaceAll("'", "\\'"));
    add(trimmed.replace(/['"]/g, '\\$&'));
    add(trimmed.replaceAll('\\', '\\\\'));
    add(trimmed.replaceAll('"', '""'));
    add(trimmed.replaceAll('`', '``'));
    add(trimmed.replace(/['"`\\]/g, '').trim());
  }
  if (/["\\\p{Cc}]/u.test(trimmed)) {
    // As a string of a JSON text, which is then escaped as a whole.
    const json = JSON.stringify(trimmed).slice(1, -1);
    add(json);
    add(json.replace(/['"\\]/g, '\\$&'));
    add(json.replaceAll("'", "''"));
    add(json.replaceAll("'", "''").replaceAll('\\', '\\\\'));
  }
  if (/\p{Cc}/u.test(trimmed)) add(escapedControls(trimmed));
  if (/\s\s|[^\S ]/.test(trimmed)) add(trimmed.replace(/\s+/g, ' '));
  if (beyondAscii.test(trimmed)) add(lowered(trimmed.normalize('NFKC')));
  if (/\s/.test(trimmed) && trimmed.length < 200) add(trimmed.replace(/\s+/g, ''));
  return [...forms];
}

/** As sqlstring writes them. */
function escapedControls(text: string): string {
  return text.replace(/['"\\\p{Cc}]/gu, (char) => controls[char] ?? char);
}

const controls: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\x1a': '\\z',
  "'": "\\'",
  '"': '\\"',
  '\\': '\\\\',
};

/** One token wherever it stands: a word, or a number. */
const plain = /^(?:[\w\u0080-\uffff]*|\d+\.\d+)$/;
