/** A function of the source, or the top-level code of the module. */
export interface FunctionInfo {
  /** Its index in `Module.functions`. Set when its lowering begins. */
  index: number;
  /** The number of its variables. `branches` is the number of branches of its control flow. */
  variables: number;
  branches: number;
  /** Whether its variables become cells, because it has too many variables and branches: see `maxPhis`. */
  isVast: boolean;
}

export function newFunctionInfo(): FunctionInfo {
  return { index: -1, variables: 0, branches: 0, isVast: false };
}

export interface Variable {
  readonly name: string;
  /** The function that declares the variable. */
  readonly info: FunctionInfo;
  /** `import`: every use is the imported value itself. `self`: the name by which a function expression calls itself. */
  kind: 'variable' | 'function' | 'class' | 'import' | 'self';
  /** The specifier of the import, and the imported name. */
  specifier: string;
  imported: string;
  /** `const x = require('y')`: an import, if `x` is never reassigned. */
  isRequired: boolean;
  /** Index in `Module.classes` if it is declared as a class, or -1. */
  classId: number;
  /** Whether it is assigned after its declaration. */
  isReassigned: boolean;
  /** Whether it needs a cell, because another function uses it or it is exported. */
  isShared: boolean;
  isExported: boolean;
  /** Whether another function writes to it, so that the declaring function can't know its value. */
  isWrittenElsewhere: boolean;
  /** Index in `Module.cells`, or -1 before it is needed. */
  cell: number;
}

export interface Scope {
  readonly parent: Scope | undefined;
  readonly info: FunctionInfo;
  /** The variables that the scope declares, by name. A function's own `this` and `arguments` are variables too. */
  readonly names: Map<string, Variable>;
  /** Type aliases, with the type of each. */
  types: Map<string, object> | undefined;
}

export function newVariable(name: string, info: FunctionInfo, kind: Variable['kind']): Variable {
  if (kind !== 'import') info.variables++;
  return {
    name,
    info,
    kind,
    specifier: '',
    imported: '',
    isRequired: false,
    classId: -1,
    isReassigned: false,
    isShared: false,
    isExported: false,
    isWrittenElsewhere: false,
    cell: -1,
  };
}

/** Finds the variable of a name in a scope. Undefined if the file does not declare it. */
export function lookUp(scope: Scope, name: string): Variable | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const variable = at.names.get(name);
    if (variable) return variable;
  }
  return undefined;
}

export function lookUpType(scope: Scope, name: string): { type: object; scope: Scope } | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const type = at.types?.get(name);
    if (type) return { type, scope: at };
  }
  return undefined;
}
