/** 96 bits in base64. */
export const leastLength = 16;

/** What is wrong with the nonces of two answers; `first` and `second` are their sources. Undefined for good ones. */
export function nonceFault(
  first: readonly string[],
  second: readonly string[],
): 'same' | 'short' | 'alike' | undefined {
  if (first.some((source) => second.includes(source))) return 'same';
  if ([...first, ...second].some((source) => nonceOf(source).length < leastLength)) return 'short';
  return first.some((one) => second.some((other) => isAlike(nonceOf(one), nonceOf(other))))
    ? 'alike'
    : undefined;
}

function nonceOf(source: string): string {
  return source.slice("'nonce-".length, -1).replace(/=+$/, '');
}

/** Two random texts share no 8 characters at their ends. */
function isAlike(one: string, other: string): boolean {
  const enough = 8;
  return one.slice(0, enough) === other.slice(0, enough) || one.slice(-enough) === other.slice(-enough);
}
