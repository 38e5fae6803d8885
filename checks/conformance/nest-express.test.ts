import { testFramework } from './test-framework.ts';

testFramework('nest-express', () => import('./apps/nest-express.ts'));
