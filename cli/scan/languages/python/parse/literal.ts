/**
 * The value of a Python string literal. A bytes literal is decoded as text. Named characters (`\N{...}`) are not decoded.
 */
export function stringValue(source: string): string {
  const open = /^[a-zA-Z]*('''|"""|'|"|)/.exec(source);
  const start = open?.[0].length ?? 0;
  const quotes = open?.[1]?.length ?? 0;
  const closed = quotes > 0 && source.length >= start + quotes && source.endsWith(open?.[1] ?? '');
  const raw = isRaw(source.slice(0, start));
  return unescaped(source.slice(start, closed ? source.length - quotes : source.length), raw);
}

export function isRaw(opening: string): boolean {
  return /^[a-z]*r[a-z]*['"]/i.test(opening);
}

/** Decodes the escapes in the content of a string literal, such as `\n`. With `raw`, only line breaks are normalised. */
export function unescaped(content: string, raw: boolean): string {
  const text = content.includes('\r') ? content.replace(/\r\n?/g, '\n') : content;
  if (raw || !text.includes('\\')) return text;
  return text.replace(
    /\\(?:\n|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([abfnrtv\\'"]))/g,
    (whole, x: string, u: string, long: string, octal: string, char: string) => {
      if (char) return escapes[char] ?? char;
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
      const hex = x ?? u ?? long;
      if (!hex) return '';
      const code = Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

const escapes: { readonly [letter: string]: string } = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The value of a number literal. Undefined for complex numbers. */
export function numberValue(source: string): number | undefined {
  const text = source.replace(/_/g, '').toLowerCase().replace(/l$/, '');
  const value = /^0\d+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
  return Number.isNaN(value) ? undefined : value;
}
