import type { Conjunction } from './facts.ts';
import { kinds } from './kinds.ts';

/** `__proto__` refused, and `constructor` or the `prototype` behind it. */
const refusedNames: Conjunction = { parts: ['not-proto', 'not-constructor'], clean: kinds('prototype') };

/** Conjunctive guards, and what they prove together. */
export const conjunctions: readonly Conjunction[] = [
  { parts: ['local', 'single'], clean: kinds('redirect', 'ssrf') },
  { parts: ['local', 'no-second-slash', 'no-second-backslash'], clean: kinds('redirect', 'ssrf') },
  { parts: ['not-up', 'relative'], clean: kinds('path', 'upload') },
  refusedNames,
];
