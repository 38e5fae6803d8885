import type { LookupAddress } from 'node:dns';

type Lookup = (callback: (error: unknown, address: unknown, family: unknown) => void) => void;

/**
 * Asks a `lookup` that anybody may have written: `net` takes one, and `dns.lookup` is replaced by caches, monitoring and
 * tests, some of which ignore `all`. It answers once, with copies, in the one form that is checked and dialled: later
 * changes to its list, or a getter that gives another address at each reading, would be changes to what was checked.
 *
 * What it throws, and no address at all, is an error of the answer: in a callback of the event loop nobody catches it.
 */
export function readAnswers(
  lookup: Lookup,
  answered: (error: Error | null, answers: readonly LookupAddress[]) => void,
): void {
  let settled = false;
  const settle = (error: unknown, address?: unknown, family?: unknown): void => {
    // A second answer would dial a second time, and leave the first socket without an owner.
    if (settled) return;
    settled = true;
    const [failure, answers] = error ? [asError(error), []] : read(address, family);
    answered(failure, answers);
  };
  try {
    lookup(settle);
  } catch (failure) {
    // Thrown by who was answered, and not by the lookup.
    if (settled) throw failure;
    settle(failure || new Error('The lookup failed.'));
  }
}

function read(address: unknown, family: unknown): [Error | null, readonly LookupAddress[]] {
  try {
    const answers = copies(address, family);
    return [answers.length > 0 ? null : nothing(), answers];
  } catch (failure) {
    // A getter or a `toString` that throws.
    return [asError(failure), []];
  }
}

/** Before Node 26 `net` takes an array with one text in it for an address. */
function copies(address: unknown, family: unknown): readonly LookupAddress[] {
  // `dns.lookup` answers null for a name that is empty.
  if (address === undefined || address === null) return [];
  if (!Array.isArray(address)) return Object.freeze([answer(address, family)]);
  // Not `map`, which makes an array of the kind that the list is.
  return Object.freeze(
    Array.from(address, (entry: unknown) =>
      typeof entry === 'object' && entry !== null
        ? answer((entry as LookupAddress).address, (entry as LookupAddress).family)
        : answer(entry, family),
    ),
  );
}

function answer(address: unknown, family: unknown): LookupAddress {
  const text = String(address);
  const known = typeof family === 'number' ? family : text.includes(':') ? 6 : 4;
  return Object.freeze({ address: text, family: known });
}

/** An error of another realm (vm, a test runner) is one too, and keeps its code. */
function asError(value: unknown): Error {
  if (value instanceof Error || Object.prototype.toString.call(value) === '[object Error]')
    return value as Error;
  return new Error('The lookup failed.', { cause: value });
}

function nothing(): Error {
  return Object.assign(new Error('The lookup gave no address.'), { code: 'ENOTFOUND' });
}
