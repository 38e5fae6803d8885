import { deskSuite } from './desk-suite.ts';

// The longest of them: it builds both twins first.
await deskSuite('next');
