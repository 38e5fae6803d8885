import { describe } from 'vitest';
import { missingSqlite } from '../../../checks/machine/sqlite.ts';
import { sqliteTests } from '../../../checks/sqlite/sqlite-tests.ts';

const reason = missingSqlite('node:sqlite');

describe.skipIf(reason)(`node:sqlite${reason ? `: ${reason}` : ''}`, () => sqliteTests('node:sqlite'));
