import { tokenTests } from './token-tests.ts';

tokenTests(20260701, { postgres: 4000, sqlite: 10_000, mariadb: 2000 });
