import { Misuse } from '../../refusal/misuse.ts';
import type { DialectName } from '../lex/dialect-name.ts';
import type { TransactionPlan } from './transaction-options.ts';

/** The commands that open a transaction, in order. */
export function beginCommands(dialect: DialectName, { isolation, readOnly }: TransactionPlan): string[] {
  if (dialect === 'postgres') {
    const level = isolation === undefined ? '' : ` isolation level ${isolation}`;
    return [`begin${level}${readOnly ? ' read only' : ''}`];
  }
  if (dialect === 'mysql') {
    const level = isolation === undefined ? [] : [`set transaction isolation level ${isolation}`];
    return [...level, `start transaction${readOnly ? ' read only' : ''}`];
  }
  if (isolation !== undefined && isolation !== 'serializable') {
    throw new Misuse('bulwark/invalid-option', 'SQLite only has the isolation `serializable`.');
  }
  // A deferred transaction that reads first and writes later cannot wait for the lock: it fails at once.
  return readOnly ? ['pragma query_only = on', 'begin'] : ['begin immediate'];
}

/** What has to be undone after the end. */
export function afterCommands(dialect: DialectName, { readOnly }: TransactionPlan): string[] {
  return dialect === 'sqlite' && readOnly ? ['pragma query_only = off'] : [];
}
