import { testFramework } from './test-framework.ts';

testFramework('fastify', () => import('./apps/fastify.ts'));
