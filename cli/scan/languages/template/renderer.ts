import { posix } from 'node:path';
import type { Module } from '../../ir/ir.ts';

/**
 * Returns the name of a template's render function, which is the name of the file: `views/user.ejs` -> `user.ejs`. The dot
 * sets it apart from the functions that the template declares.
 */
export function rendererName(path: string): string {
  return posix.basename(path);
}

/** Finds a template's render function, whose first parameter is the context. Returns its index, or -1. */
export function rendererOf(module: Module): number {
  if (module.language !== 'template') return -1;
  const name = rendererName(module.path);
  return module.functions.findIndex((func) => func.outer === 0 && func.name === name);
}
