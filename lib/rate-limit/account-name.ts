/** Longer names count as one with their beginning, so that a name costs a bounded amount of work. */
const longest = 512;

/**
 * The one spelling of an account's name, so that an account has one counter however its name is typed: NFKC, without case, and without
 * invisible characters and spaces around it. Two accounts that differ in nothing else share a counter.
 *
 * @example
 * ```text
 * accountName(' Anna@Example.com')  'anna@example.com'
 * accountName('ann\u200ba')         'anna'
 * ```
 */
export function accountName(typed: string): string {
  return (
    typed
      .slice(0, longest)
      .normalize('NFKC')
      .replace(/\p{Default_Ignorable_Code_Point}|\p{Cc}/gu, '')
      // Three times, because some letters have only one case: the sharp s is SS in capitals, and its own capital is a sharp s.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      .trim()
  );
}
