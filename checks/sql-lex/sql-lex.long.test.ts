import { tokenTests } from './token-tests.ts';

tokenTests(20260704, { postgres: 100_000, sqlite: 300_000, mariadb: 40_000 });
