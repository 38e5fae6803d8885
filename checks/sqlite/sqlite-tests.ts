import { beforeAll } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import type { SqliteClient } from '../machine/sqlite.ts';
import { errorTests } from './error-tests.ts';
import { hostileTests } from './hostile-tests.ts';
import { pollutionTests } from './pollution-tests.ts';
import { statementTests } from './statement-tests.ts';
import { streamTests } from './stream-tests.ts';
import { transactionTests } from './transaction-tests.ts';
import { valueTests } from './value-tests.ts';

/** What holds on both clients of SQLite, on real databases. */
export function sqliteTests(client: SqliteClient): void {
  beforeAll(() => configureEvents({ sinks: [] }));
  statementTests(client);
  valueTests(client);
  transactionTests(client);
  streamTests(client);
  errorTests(client);
  pollutionTests(client);
  hostileTests(client);
}
