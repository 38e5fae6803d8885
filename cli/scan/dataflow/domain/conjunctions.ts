import type { Conjunction } from './facts.ts';
import { kinds } from './kinds.ts';

/** A key that is neither `__proto__` nor `constructor`: it cannot lead to a prototype. */
const refusedNames: Conjunction = { parts: ['not-proto', 'not-constructor'], clean: kinds('prototype') };

/**
 * All combinations of guards that prove something only together, such as `local` (starts with `/`) and `single` (does not
 * start with `//`).
 */
export const conjunctions: readonly Conjunction[] = [
  { parts: ['local', 'single'], clean: kinds('redirect', 'ssrf') },
  { parts: ['local', 'no-second-slash', 'no-second-backslash'], clean: kinds('redirect', 'ssrf') },
  { parts: ['not-up', 'relative'], clean: kinds('path', 'upload') },
  refusedNames,
];
