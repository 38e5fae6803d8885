import { testFramework } from './test-framework.ts';

testFramework('node', () => import('./apps/node.ts'));
