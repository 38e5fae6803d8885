import type { Program } from 'oxc-parser';
import { closeFunction, type OpenScope, open } from './open-scope.ts';
import { newFunctionInfo, type Scope } from './scope.ts';
import { visitAll } from './visit-node.ts';

/**
 * What scope analysis finds before a module is lowered: which variable each name refers to, and which functions use each
 * variable.
 */
export interface Scopes {
  readonly root: Scope;
  /** The scopes that nodes open: functions, blocks, loops, classes. */
  readonly ofNode: ReadonlyMap<object, Scope>;
  /** The indices of class nodes in `Module.classes`. */
  readonly classIds: ReadonlyMap<object, number>;
  /** The names `x` for which the module reads `exports.x` or `module.exports.x`. */
  readonly readExports: ReadonlySet<string>;
}

export interface Walk {
  readonly ofNode: Map<object, OpenScope>;
  readonly classIds: Map<object, number>;
  readonly readExports: Set<string>;
  readonly exportedNames: Set<string>;
}

export function collectScopes(program: Program): Scopes {
  const walk: Walk = {
    ofNode: new Map(),
    classIds: new Map(),
    readExports: new Set(),
    exportedNames: new Set(),
  };
  const root = open(walk, program, undefined, newFunctionInfo());
  visitAll(walk, program.body, root, 0);
  for (const name of walk.exportedNames) {
    const variable = root.names.get(name);
    if (variable) variable.isExported = variable.isShared = true;
  }
  closeFunction(root, undefined, false);
  return { root, ofNode: walk.ofNode, classIds: walk.classIds, readExports: walk.readExports };
}
