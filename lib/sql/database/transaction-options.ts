import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { Isolation, TransactionOptions } from './database.ts';
import { type Limits, limitsOf } from './limits.ts';

/** A transaction's options, checked. */
export interface TransactionPlan {
  readonly isolation: Isolation | undefined;
  readonly readOnly: boolean;
  readonly retries: number;
  readonly limits: Limits;
}

const isolations: readonly unknown[] = ['read committed', 'repeatable read', 'serializable'];

export function readTransactionOptions(options: TransactionOptions = {}): TransactionPlan {
  const own = knownOptions(options, ['isolation', 'readOnly', 'retries', 'signal', 'timeoutMs']);
  const { isolation, readOnly = false } = own;
  if (isolation !== undefined && !isolations.includes(isolation)) {
    throw new Misuse('bulwark/invalid-option', `\`isolation\` is one of ${isolations.join(', ')}.`);
  }
  if (typeof readOnly !== 'boolean')
    throw new Misuse('bulwark/invalid-option', '`readOnly` is true or false.');
  const retries = own.retries ?? (isolation === undefined || isolation === 'read committed' ? 0 : 3);
  if (!(Number.isSafeInteger(retries) && retries >= 0 && retries <= 10)) {
    throw new Misuse('bulwark/invalid-option', '`retries` takes a whole number from 0 to 10.');
  }
  return { isolation, readOnly, retries, limits: limitsOf(own) };
}
