/** Anything longer is not a name. All such names share one counter, so that padding gives an account no second one. */
const longest = 4_096;

/**
 * Normalises an account's name, so that an account has one counter however its name is typed: NFKC, without case, without
 * accents, and without invisible characters and surrounding spaces. Accounts that differ in nothing else share a counter. That is
 * harmless; an account with many counters would not be, and databases compare without accents too. For devices there is `deviceAccountName`.
 *
 * @example
 * ```text
 * accountName(' Anna@Example.com')  'anna@example.com'
 * accountName('ann\u200ba')         'anna'
 * accountName('\u00c1nna')          'anna'
 * ```
 */
export function accountName(typed: string): string {
  if (typed.length > longest) return '\0too long';
  return (
    typed
      .normalize('NFKD')
      // Only the accents of European scripts: in others, such marks are vowels.
      .replace(/[\u0300-\u036f]|\p{Default_Ignorable_Code_Point}|\p{Cc}/gu, '')
      // Three times, because some letters have only one case: the sharp s is SS in capitals, and its own capital is a sharp s.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      .trim()
  );
}

/**
 * The spelling of a name that device cookies are bound to: as it was typed, but for case, width and spaces around it. Where a
 * database takes two names as two accounts, one must not have the devices of the other.
 */
export function deviceAccountName(typed: string): string {
  if (typed.length > longest) return '\0too long';
  return typed.normalize('NFKC').toLowerCase().trim();
}
