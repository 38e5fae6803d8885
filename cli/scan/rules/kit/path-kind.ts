import type { Module } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import type { Use } from './use.ts';

/** The path of the file of a use. Empty if it has none. */
export function pathOf({ frame }: Use): string {
  return frame.linked.program.modules[frame.info.module]?.path ?? '';
}

const isTestModule = memoized(({ path }: Module) => isTestPath(path));

/** Whether the use is in a test file. */
export function inTests({ frame }: Use): boolean {
  const module = frame.linked.program.modules[frame.info.module];
  return module !== undefined && isTestModule(module);
}
