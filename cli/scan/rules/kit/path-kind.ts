import type { Module } from '../../ir/ir.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import type { Use } from './use.ts';

export function pathOf({ frame }: Use): string {
  return frame.linked.program.modules[frame.info.module]?.path ?? '';
}

const known = new WeakMap<Module, boolean>();

export function inTests({ frame }: Use): boolean {
  const module = frame.linked.program.modules[frame.info.module];
  let answer = module && known.get(module);
  if (module && answer === undefined) {
    answer = isTestPath(module.path);
    known.set(module, answer);
  }
  return answer === true;
}
