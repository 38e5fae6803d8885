import type { Module } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import type { Use } from './use.ts';

export function pathOf({ frame }: Use): string {
  return frame.linked.program.modules[frame.info.module]?.path ?? '';
}

const isTestModule = memoized(({ path }: Module) => isTestPath(path));

export function inTests({ frame }: Use): boolean {
  const module = frame.linked.program.modules[frame.info.module];
  return module !== undefined && isTestModule(module);
}
