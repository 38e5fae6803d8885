/** A text inside of a value, and how the value is written with another text in its place. */
export interface Leaf {
  readonly text: string;
  write(text: string): string;
}

/** A cursor is JSON in base64 in a form. Nobody nests more. */
const deepest = 4;
const mostLeaves = 12;
const longest = 20_000;

/** The texts that stand in a value: in JSON, XML, in a form or the query of a URL, in base64, in hexadecimal or percent-encoded. */
export function leavesOf(value: string): readonly Leaf[] {
  return inside(value, 0).slice(0, mostLeaves);
}

function inside(value: string, depth: number): readonly Leaf[] {
  if (depth >= deepest || value.length > longest) return [];
  const found: Leaf[] = [];
  for (const leaf of peeled(value)) {
    if (found.length >= mostLeaves) break;
    const deeper = inside(leaf.text, depth + 1);
    found.push(...(deeper.length > 0 ? deeper.map((inner) => within(leaf, inner)) : [leaf]));
  }
  return found;
}

const within = (outer: Leaf, inner: Leaf): Leaf => ({
  text: inner.text,
  write: (text) => outer.write(inner.write(text)),
});

/** One layer. */
function peeled(value: string): readonly Leaf[] {
  const json = parsed(value);
  if (json !== undefined) return leavesOfJson(json, (changed) => JSON.stringify(changed), 0);
  const bytes = encoded(value, 'hex', /^(?:[\da-f]{2}){4,}$/i) ?? encodedInBase64(value);
  if (bytes) return bytes;
  if (/^[^=&\s?]+=[^&\s]*(?:&[^=&\s]+=[^&\s]*)*$/.test(value)) return leavesOfForm('', value);
  if (/^\s*<[\s\S]*>\s*$/.test(value)) return leavesOfXml(value);
  const query = /^(https?:\/\/[^?#\s]*\?)([^#\s]+)$/i.exec(value);
  if (query) return leavesOfForm(query[1] as string, query[2] as string);
  if (/%[\da-f]{2}/i.test(value)) {
    const text = decodedUri(value);
    return text === undefined ? [] : [{ text, write: encodedUri }];
  }
  return [];
}

const encodedInBase64 = (value: string): readonly Leaf[] | undefined =>
  encoded(value, 'base64', /^(?:[a-z\d+/]{4}){1,}(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i) ??
  encoded(value, 'base64url', /^[\w-]{6,}$/);

function encoded(value: string, encoding: BufferEncoding, pattern: RegExp): readonly Leaf[] | undefined {
  if (!pattern.test(value)) return undefined;
  const text = Buffer.from(value, encoding).toString();
  // What is no text was not encoded: a word is base64 by its letters too.
  if (!/^[\t\n\r\x20-\x7e]{3,}$/.test(text)) return undefined;
  return [{ text, write: (changed) => Buffer.from(changed).toString(encoding) }];
}

function parsed(value: string): unknown {
  if (!/^\s*["[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function leavesOfJson(value: unknown, write: (changed: unknown) => string, depth: number): readonly Leaf[] {
  if (typeof value === 'string') return [{ text: value, write }];
  // A text where a number was expected is what an attacker sends.
  if (typeof value === 'number') return [{ text: String(value), write }];
  if (typeof value !== 'object' || value === null || depth > 16) return [];
  const found: Leaf[] = [];
  for (const [key, each] of Object.entries(value)) {
    if (found.length >= mostLeaves) break;
    const writeAt = (changed: unknown): string => {
      const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      copy[key] = changed;
      return write(copy);
    };
    found.push(...leavesOfJson(each, writeAt, depth + 1));
  }
  return found;
}

/** What stands between two tags. */
function leavesOfXml(value: string): readonly Leaf[] {
  return Array.from(value.matchAll(/(?<=>)[^<>]*[^<>\s][^<>]*(?=<)/g))
    .slice(0, mostLeaves)
    .map(({ 0: text, index }) => ({
      text,
      write: (changed) =>
        value.slice(0, index) +
        changed.replaceAll('&', '&amp;').replaceAll('<', '&lt;') +
        value.slice(index + text.length),
    }));
}

function leavesOfForm(before: string, form: string): readonly Leaf[] {
  const fields = form.split('&').slice(0, mostLeaves * 2);
  return fields.flatMap((field, at) => {
    const sign = field.indexOf('=');
    const text = sign < 0 ? undefined : decodedUri(field.slice(sign + 1).replaceAll('+', ' '));
    if (text === undefined) return [];
    const write = (changed: string): string =>
      before + fields.toSpliced(at, 1, `${field.slice(0, sign)}=${encodedUri(changed)}`).join('&');
    return [{ text, write }];
  });
}

function decodedUri(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** Half of a pair is no character of a URL. */
function encodedUri(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
