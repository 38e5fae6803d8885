import { testFramework } from './test-framework.ts';

testFramework('hono', () => import('./apps/hono.ts'));
