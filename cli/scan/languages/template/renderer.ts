import { posix } from 'node:path';
import type { Module } from '../../ir/ir.ts';

/** What the function that renders a template is called: no other function's name can have a dot in it. */
export function rendererName(path: string): string {
  return posix.basename(path);
}

/** The number of a template's function that renders it, of which the first parameter is the context; or -1. */
export function rendererOf(module: Module): number {
  if (module.language !== 'template') return -1;
  const name = rendererName(module.path);
  return module.functions.findIndex((func) => func.outer === 0 && func.name === name);
}
