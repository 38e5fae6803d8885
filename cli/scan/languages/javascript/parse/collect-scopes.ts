import type { Program } from 'oxc-parser';
import { closeFunction, type OpenScope, open } from './open-scope.ts';
import { newFunctionInfo, type Scope } from './scope.ts';
import { visitAll } from './visit-node.ts';

/** The result of the pass before the lowering: the variable of every name, and which functions use it. */
export interface Scopes {
  readonly root: Scope;
  /** The scopes that functions, blocks, loops, classes and so on open. */
  readonly ofNode: ReadonlyMap<object, Scope>;
  /** Indices in `Module.classes`. */
  readonly classIds: ReadonlyMap<object, number>;
  /** The names `x` whose `exports.x` or `module.exports.x` is read somewhere. */
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
