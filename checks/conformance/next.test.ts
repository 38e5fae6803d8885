import { beforeAll } from 'vitest';
import { build } from '../next/build.ts';
import { testFramework } from './test-framework.ts';

beforeAll(() => build('conformance'), 300_000);

testFramework('next', () => import('./apps/next.ts'));
