import { testFramework } from './test-framework.ts';

testFramework('koa', () => import('./apps/koa.ts'));
