// Groups of four, or 4-6-5 and 4-6-4, with one separator throughout. Not part of a longer number, a fraction or a UUID,
// and after a colon or a slash not part of an address or a path.
const space = '[ \\t\\u00a0\\u2007\\u2009\\u202f]{1,3}';
const separator = `(${space}|[._+\\u2010-\\u2015-]?|(?<![:/]\\d{4})[:/])`;
const cardLike = new RegExp(
  `(?<![\\d.]|\\d[-_])\\d{4}(?:\\d{4}${space}\\d{8}|${separator}\\d{4}\\1\\d{4}\\1\\d{4}(?:\\1?\\d{1,3})?|${separator}\\d{6}\\2\\d{4,5})(?!\\d|[.-]\\d|(?<=[:/]\\d{3,5})[:/])`,
  'g',
);

/** The number ranges of card issuers (ISO/IEC 7812) and their lengths: they tell a card from another number. */
const issuer =
  /^(?:4(?:.{12}|.{15}|.{18})|5[1-5].{14}|2(?:2[2-9]|[3-6]|7[01]|720)\d*(?<=^.{16})|3[47].{13}|3(?:0[0-5]|[689]).{11,16}|35(?:2[89]|[3-8]).{12,15}|6(?:011|4[4-9]|5).{12,16}|(?:62|81).{14,17}|(?:5[0678]|6[0378]).{10,17})$/;

/** Writes `[card]` for each payment card's number in `text`. */
export function withoutCardNumbers(text: string): string {
  if (!/\d{4}/.test(text)) return text;
  const withoutTracks = /[\^=]/.test(text) ? text.replace(track, '[card]') : text;
  return withoutTracks.replace(cardLike, (found, _first, _second, at: number) =>
    isCardNumber(found.replace(/\D/g, '')) && !isOther(withoutTracks, at, found.length) ? '[card]' : found,
  );
}

/** The tracks of a magnetic stripe (ISO/IEC 7813). */
const track = /%B\d{12,19}\^[^\n?]{0,80}\??|;\d{12,19}=\d{7,40}\??/g;

const label =
  /(?:order|invoice|tracking|shipment|parcel|ticket|imei|isbn|ean)[ _-]?(?:ids?|no\.?|nr\.?|number|#)?["'\s:=#]{0,4}$/i;

/** Digits inside a hexadecimal or base64 word, and numbers with another label. */
function isOther(text: string, at: number, length: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at);
  // An id such as `blk_-4568377692254637284`: few cards are that long.
  if (/[A-Za-z_][_-]*$/.test(before) && /^\d{17}/.test(text.slice(at, at + length))) return true;
  const glued = `${/[A-Za-z\d]*$/.exec(before)?.[0] ?? ''} ${/^[A-Za-z\d]*/.exec(text.slice(at + length, at + length + 40))?.[0] ?? ''}`;
  if (glued !== ' ' && !/^[A-Za-z]* [A-Za-z]*$/.test(glued)) return true;
  if (/[a-f]/i.test(glued) && !/[g-z]/i.test(glued)) return true;
  return label.test(before);
}

/** A card's length and issuer, and Luhn's check digit. */
function isCardNumber(digits: string): boolean {
  if (!issuer.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
