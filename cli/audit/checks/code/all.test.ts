import { beforeAll } from 'vitest';
import { expectCases } from '../../testing/expect-cases.ts';
import { codeChecks } from './all.ts';

// The scanner takes a while to load, which the first case should not be charged for.
beforeAll(async () => {
  await import('../../../scan/audit-view.ts');
}, 120_000);

expectCases(codeChecks, new URL('.', import.meta.url));
