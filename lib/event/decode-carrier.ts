const named: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  equals: '=',
  colon: ':',
  nbsp: '\u00a0',
};

/** Percent-encoding, the escapes of JSON and JavaScript, and the character references of HTML and XML; ASCII only. */
const encoded =
  /%([0-7][\da-f])|(%c2%a0|\\{1,8}u00a0)|\\{1,8}(?:u00([0-7][\da-f])|x([0-7][\da-f])|(["/]))|&(?:(quot|apos|amp|lt|gt|equals|colon|nbsp)|#0{0,4}(\d{2,3})|#x0{0,4}([2-7][\da-f]));/gi;

/** Decodes one level of what carries a text inside another one. */
export function decodeCarrier(text: string): string {
  return text.replace(encoded, (found, percent, blank, unicode, hex, plain, name, decimal, reference) => {
    if (blank !== undefined) return '\u00a0';
    if (plain !== undefined) return plain;
    if (name !== undefined) return named[name.toLowerCase()] as string;
    const code =
      decimal === undefined ? Number.parseInt(percent ?? unicode ?? hex ?? reference, 16) : Number(decimal);
    return code < 128 ? String.fromCharCode(code) : found;
  });
}
