import { deskSuite } from './desk-suite.ts';

await deskSuite('nest');
