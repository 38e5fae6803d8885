import { codeOf } from '../database/connection-failure.ts';
import type { Failure } from '../database/failure.ts';
import { explainPg } from '../pg/explain-pg.ts';
import { CopyStatement } from './send.ts';

/** What an error of postgres.js means: the server's own, a socket's, or one of postgres.js' codes. */
export function explainPostgres(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof CopyStatement)
    return { kind: 'other', hint: "`copy` needs postgres.js' own streams." };
  const known = codes[codeOf(error) ?? ''];
  if (known !== undefined) return known;
  const { constraint_name, schema_name, table_name, column_name, ...told } = Object.fromEntries(
    [
      'constraint_name',
      'schema_name',
      'table_name',
      'column_name',
      'code',
      'severity',
      'routine',
      'hint',
      'position',
    ].map((name) => [name, (error as unknown as Record<string, unknown>)[name]]),
  );
  const names = { constraint: constraint_name, schema: schema_name, table: table_name, column: column_name };
  return typeof told['severity'] === 'string'
    ? explainPg(Object.assign(new Error(error.message), told, names))
    : explainPg(error);
}

const codes: Readonly<Record<string, Failure>> = Object.assign(Object.create(null), {
  CONNECTION_CLOSED: { kind: 'connection', databaseCode: 'CONNECTION_CLOSED' },
  CONNECTION_DESTROYED: { kind: 'connection', databaseCode: 'CONNECTION_DESTROYED' },
  CONNECT_TIMEOUT: { kind: 'connection', databaseCode: 'CONNECT_TIMEOUT' },
  CONNECTION_ENDED: { kind: 'pool', databaseCode: 'CONNECTION_ENDED', hint: 'The client has already ended.' },
  SASL_SIGNATURE_MISMATCH: { kind: 'login', databaseCode: 'SASL_SIGNATURE_MISMATCH' },
  UNSAFE_TRANSACTION: {
    kind: 'other',
    databaseCode: 'UNSAFE_TRANSACTION',
    hint: 'Begin transactions with `transaction`: a statement can run on any connection of the pool.',
  },
  MAX_PARAMETERS_EXCEEDED: {
    kind: 'other',
    databaseCode: 'MAX_PARAMETERS_EXCEEDED',
    hint: 'It takes at most 65,533 values.',
  },
  COPY_IN_PROGRESS: { kind: 'connection', databaseCode: 'COPY_IN_PROGRESS' },
});
