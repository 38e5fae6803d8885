import type { Whole } from './facts.ts';
import { kinds } from './kinds.ts';

/** `__proto__` refused, and `constructor` or the `prototype` behind it. */
const refusedNames: Whole = { halves: ['not-proto', 'not-constructor'], clean: kinds('prototype') };

/** Conjunctive guards, and what they prove together. */
export const wholes: readonly Whole[] = [
  { halves: ['local', 'single'], clean: kinds('redirect', 'ssrf') },
  { halves: ['local', 'no-second-slash', 'no-second-backslash'], clean: kinds('redirect', 'ssrf') },
  { halves: ['not-up', 'relative'], clean: kinds('path', 'upload') },
  refusedNames,
];
