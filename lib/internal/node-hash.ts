import type { hash } from 'node:crypto';
import { builtinModule } from './builtin-module.ts';

/** Node's own digest in one call, undefined where there is no Node. It is no import, so that workers can load what asks for it. */
export function nodeHash(): typeof hash | undefined {
  return builtinModule('node:crypto')?.hash;
}
