import { deskSuite } from './desk-suite.ts';

await deskSuite('node');
