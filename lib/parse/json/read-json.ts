import { JsonStop } from './json-stop.ts';
import { readNumber, readString } from './read-token.ts';

interface Open {
  /** The items of an array, or undefined for an object. */
  readonly items: unknown[] | undefined;
  readonly entries: Map<string, unknown>;
  /** The name of the next value. */
  key: string;
}

/**
 * Reads JSON as RFC 8259 defines it, with the position of each mistake, integers beyond 2^53 - 1 as bigints, and each name once per object. It is
 * much slower than `JSON.parse`, and used only if that has failed, or its result is not exact.
 *
 * @throws JsonStop
 */
export function readJson(text: string, maxIntegerDigits: number): unknown {
  const open: Open[] = [];
  let at = 0;
  const skip = (): void => {
    for (let unit = text.charCodeAt(at); isSpace(unit); unit = text.charCodeAt(at)) at++;
  };
  const key = (inner: Open): void => {
    skip();
    if (text[at] !== '"') throw new JsonStop('syntax', 'expected a name in double quotes', at);
    const name = readString(text, at);
    if (inner.entries.has(name.value)) throw new JsonStop('duplicate', name.value, at);
    inner.key = name.value;
    at = name.end;
    skip();
    if (text[at] !== ':') throw new JsonStop('syntax', 'expected a colon', at);
    at++;
  };
  for (;;) {
    skip();
    let value: unknown;
    const first = text[at];
    if (first === '{' || first === '[') {
      const close = first === '{' ? '}' : ']';
      at++;
      skip();
      const inner: Open = { items: first === '[' ? [] : undefined, entries: new Map(), key: '' };
      if (text[at] !== close) {
        open.push(inner);
        if (inner.items === undefined) key(inner);
        continue;
      }
      at++;
      value = inner.items ?? {};
    } else {
      const token =
        first === '"' ? readString(text, at) : (readWord(text, at) ?? readNumber(text, at, maxIntegerDigits));
      value = token.value;
      at = token.end;
    }
    // The value may be the last in its container, and that container the last in its own.
    for (;;) {
      const inner = open.at(-1);
      skip();
      if (inner === undefined) {
        if (at < text.length) throw new JsonStop('syntax', 'expected the end of the input', at);
        return value;
      }
      if (inner.items === undefined) inner.entries.set(inner.key, value);
      else inner.items.push(value);
      if (text[at] === ',') {
        at++;
        if (inner.items === undefined) key(inner);
        break;
      }
      const close = inner.items === undefined ? '}' : ']';
      if (text[at] !== close) throw new JsonStop('syntax', `expected a comma or ${close}`, at);
      at++;
      open.pop();
      value = inner.items ?? Object.fromEntries(inner.entries);
    }
  }
}

const words: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

function readWord(text: string, at: number): { readonly value: unknown; readonly end: number } | undefined {
  const found = words.find(([word]) => text.startsWith(word, at));
  return found && { value: found[1], end: at + found[0].length };
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}
