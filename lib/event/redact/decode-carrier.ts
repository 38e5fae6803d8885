const jsonEscape = /\\(?:u00([0-7][\da-f]|a0)|x([0-7][\da-f])|(["'\\/nrt]))/gi;
const entity = /&(?:(quot|apos|amp|lt|gt|equals|colon|nbsp)|#0{0,4}(\d{2,3})|#x0{0,4}([2-7][\da-f]|a0));/gi;
const percent = /%(?:([0-7][\da-f])|c2%a0|c3%([89ab][\da-f]))/gi;

const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const names: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  equals: '=',
  colon: ':',
  nbsp: '\u00a0',
};

/**
 * Decodes one level of encoding: JSON and JavaScript escapes; without those, HTML and XML character references; without
 * those, percent-encoding. One kind at a time, because `%26` in a JSON string does not separate the pairs of the form in it. ASCII, the no-break space and, in percent-encoding, the letters of Latin-1 only.
 */
export function decodeCarrier(text: string): string {
  if (text.includes('\\')) {
    const decoded = text.replace(jsonEscape, (_, unicode, hex, sign) =>
      sign === undefined ? character(unicode ?? hex, 16) : (letters[sign.toLowerCase()] ?? sign),
    );
    if (decoded !== text) return decoded;
  }
  if (text.includes('&')) {
    const decoded = text.replace(entity, (found, name, decimal, hex) => {
      if (name !== undefined) return names[name.toLowerCase()] as string;
      return Number(decimal ?? 0) > 160 ? found : character(decimal ?? hex, decimal === undefined ? 16 : 10);
    });
    if (decoded !== text) return decoded;
  }
  return text.replace(percent, (_, hex, latin) =>
    latin === undefined ? character(hex ?? 'a0', 16) : String.fromCharCode(Number.parseInt(latin, 16) + 0x40),
  );
}

function character(digits: string, radix: number): string {
  return String.fromCharCode(Number.parseInt(digits, radix));
}
