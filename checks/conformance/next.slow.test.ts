import { beforeAll } from 'vitest';
import { missing } from '../machine/missing.ts';
import { build } from '../next/build.ts';
import { testFramework } from './test-framework.ts';

const reason = missing('next');

beforeAll(async () => {
  if (reason === undefined) await build('conformance');
}, 300_000);

testFramework('next', () => import('./apps/next.ts'), reason);
