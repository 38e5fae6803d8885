import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { resolveName } from '../answers.ts';

type Answered = (error: Error | null, answers: readonly LookupAddress[]) => void;

/**
 * A `lookup` for `net` that hands on what `judge` has seen and nothing else: the whole list where `net` asks for all
 * (happy eyeballs), else the first of it. A `lookup` of the caller's is asked in place of the operating system.
 *
 * @param judge gives the error where the answers are not for this connection
 */
export function checkedLookup(
  given: LookupFunction | undefined,
  judge: (answers: readonly LookupAddress[]) => Error | undefined,
): LookupFunction {
  return (hostname, options, callback) => {
    ask(given, hostname, options, (error, answers) => {
      const failure = error ?? judge(answers);
      const [first] = answers;
      if (failure) callback(failure, []);
      else if (options.all) callback(null, [...answers]);
      else if (first) callback(null, first.address, first.family);
    });
  };
}

/** The lookup by which a refused connection fails: nothing was asked, and nothing is dialled. */
export function failingLookup(failure: Error): LookupFunction {
  return (_hostname, _options, callback) => callback(failure, []);
}

function ask(
  given: LookupFunction | undefined,
  hostname: string,
  options: LookupOptions,
  answered: Answered,
): void {
  if (given === undefined) {
    resolveName(hostname, options, answered);
    return;
  }
  let settled = false;
  const callback = (error: unknown, address: unknown, family: unknown): void => {
    // A second answer would dial a second time, and leave the first socket without an owner.
    if (settled) return;
    settled = true;
    const answers = error ? asError(error) : attempt(() => readAnswers(address, family));
    if (answers instanceof Error) answered(answers, []);
    else answered(answers.length > 0 ? null : nothing(), answers);
  };
  given(hostname, options, callback as Parameters<LookupFunction>[2]);
}

/**
 * Copies, in the one form that is checked and dialled. Before Node 26 `net` takes an array with one text in it for an
 * address, and later changes to the caller's list would be changes to ours.
 */
function readAnswers(address: unknown, family: unknown): readonly LookupAddress[] {
  if (!Array.isArray(address)) return address === undefined ? [] : [answer(address, family)];
  return address.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null
      ? answer((entry as LookupAddress).address, (entry as LookupAddress).family)
      : answer(entry, family),
  );
}

function answer(address: unknown, family: unknown): LookupAddress {
  const text = String(address);
  return { address: text, family: typeof family === 'number' ? family : text.includes(':') ? 6 : 4 };
}

/** What a getter or a `toString` of the caller's throws is the connection's error. */
function attempt<T>(read: () => T): T | Error {
  try {
    return read();
  } catch (failure) {
    return asError(failure);
  }
}

function asError(value: unknown): Error {
  return value instanceof Error ? value : new Error('The lookup failed.', { cause: value });
}

function nothing(): Error {
  return Object.assign(new Error('The lookup gave no address.'), { code: 'ENOTFOUND' });
}
