import { testFramework } from './test-framework.ts';

testFramework('nest-fastify', () => import('./apps/nest-fastify.ts'));
