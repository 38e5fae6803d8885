/** A key as a refusal names it: a client chooses its length, and the refusal is logged. */
export function shownKey(key: string): string {
  return key.length > 200 ? key.slice(0, 200).toWellFormed() : key;
}
