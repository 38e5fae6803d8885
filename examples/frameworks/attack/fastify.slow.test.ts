import { deskSuite } from './desk-suite.ts';

// Its parser of JSON refuses `__proto__`, and `constructor` with `prototype` below it.
await deskSuite('fastify', 'prototype pollution');
