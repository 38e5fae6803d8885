import type { Node } from '../../scan/languages/python/parse/tree.ts';
import { argumentsOf } from './call-arguments.ts';
import { folderOf } from './find-module.ts';
import type { Frame } from './interpreter.ts';
import { spotOf } from './module-file.ts';
import { openScope } from './scope.ts';
import { isType } from './value.ts';

/**
 * `include('base.py', 'live.py')` of django-split-settings: the files run as if they stood here. What is optional, a pattern or computed
 * may set anything. False if the call is another one.
 */
export function includeFiles(frame: Frame, node: Node): boolean {
  const [callee] = node.children;
  const [{ plain }] = frame.interpreter.evaluate(frame, callee);
  if (!isType(plain, 'reference') || plain.path !== 'split_settings.tools.include') return false;
  const { positional, isOpen } = argumentsOf(frame, node);
  let isWhole = !isOpen;
  for (const [{ plain: name }, ...others] of positional) {
    const folder = folderOf(frame.module.path);
    const path = typeof name === 'string' && others.length === 0 ? resolved(folder, name) : undefined;
    const module = path === undefined ? undefined : frame.interpreter.readModule(path);
    if (module && module.problem === undefined) frame.interpreter.execute({ ...frame, module }, module.root);
    else isWhole = false;
  }
  if (!isWhole)
    openScope(frame.scope, 'it may be set by a file that include() names', [spotOf(frame.module, node)]);
  return true;
}

function resolved(folder: string, name: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${name}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
