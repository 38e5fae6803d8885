// Groups of four, or 4-6-5 and 4-6-4, with one separator throughout; not part of a longer number, a fraction or a UUID,
// and behind a colon or a slash not part of an address or a path.
const cardLike =
  /(?<![\w.]|\d-)\d{4}(?:([ .+-]?|(?<![:/]\d{4})[:/])\d{4}\1\d{4}\1\d{4}(?:\1?\d{1,3})?|([ .+-]?|(?<![:/]\d{4})[:/])\d{6}\2\d{4,5})(?![\w]|[.-]\d|(?<=[:/]\d{3,5})[:/])/g;

/** The ranges that issuers of payment cards use (ISO/IEC 7812): they tell a card from an order number or an ISBN. */
const issuer =
  /^(?:4|5[1-8]|2(?:2[2-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-5]|[689])|35(?:2[89]|[3-8])|6(?:011|4[4-9]|5|2|[0378]))/;

/** Writes `[card]` for each payment card's number in `text`. */
export function withoutCardNumbers(text: string): string {
  return text.replace(cardLike, (found) => (isCardNumber(found.replace(/\D/g, '')) ? '[card]' : found));
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
