import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { giveAnswers, resolveName } from '../lookup/answers.ts';
import { readAnswers } from '../lookup/read-answers.ts';

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
    const answered = (error: Error | null, answers: readonly LookupAddress[]): void => {
      const failure = error ?? judge(answers);
      if (failure) fail(callback, failure);
      else giveAnswers(answers, options, callback);
    };
    if (given === undefined) resolveName(hostname, options, answered);
    else readAnswers((settle) => given(hostname, options, settle as Parameters<LookupFunction>[2]), answered);
  };
}

/** The lookup by which a refused connection fails: nothing was asked, and nothing is dialled. */
export function failingLookup(failure: Error): LookupFunction {
  return (_hostname, _options, callback) => fail(callback, failure);
}

/** As `dns.lookup` does: the socket's event `lookup` then has no address. */
function fail(callback: Parameters<LookupFunction>[2], failure: Error): void {
  (callback as (error: Error) => void)(failure);
}
