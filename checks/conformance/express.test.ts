import { testFramework } from './test-framework.ts';

testFramework('express', () => import('./apps/express.ts'));
