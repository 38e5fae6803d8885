import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Denied } from '../../refusal/decision.ts';
import { fetchRefusal, passesReported } from '../policy/denial.ts';
import { logDecision } from '../policy/log-decision.ts';
import type { FetchPolicy } from '../policy/policy.ts';
import { decideAnswers, giveAnswers, resolveName } from './answers.ts';

/** What a connection was let through for: the peer must be one of the answers. */
export interface Checked {
  answers: readonly LookupAddress[];
  reported: Denied | undefined;
  /** The answers were refused, and told so. */
  refused: boolean;
}

/**
 * A `lookup` for `net` that hands on checked answers only: all of them where it asks for all (happy eyeballs), else the
 * first of a list that was checked whole.
 */
export function guardedLookup(
  policy: FetchPolicy,
  host: string,
  port: number,
  checked: Checked,
): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, options, (error, answers) => {
      if (error) return callback(error as NodeJS.ErrnoException, []);
      const denied = decideAnswers(answers, host, port, policy);
      // What the name alone was reported for is reported once.
      const known = denied !== undefined && denied.code === checked.reported?.code;
      if (denied && !known && !passesReported(denied, policy, 0)) {
        checked.refused = true;
        logDecision(policy, 'refused', { host, port, answers, denied });
        return callback(fetchRefusal(denied, policy, 0), []);
      }
      checked.answers = answers;
      checked.reported ??= denied;
      giveAnswers(answers, options, callback);
    });
  };
}
