import { describe } from 'vitest';
import { missingSqlite } from '../../../checks/machine/sqlite.ts';
import { sqliteTests } from '../../../checks/sqlite/sqlite-tests.ts';

const reason = missingSqlite('better-sqlite3');

describe.skipIf(reason)(`better-sqlite3${reason ? `: ${reason}` : ''}`, () => sqliteTests('better-sqlite3'));
