/** One function of the source, or the module's own code. */
export interface FunctionInfo {
  /** Its index in `Module.functions`, once its lowering has begun. */
  index: number;
  /** How many variables it has, and how many places where its control flow parts. */
  variables: number;
  branches: number;
  /** Whether it has so many of both that its variables become cells: see `maxPhis`. */
  isVast: boolean;
}

export function newFunctionInfo(): FunctionInfo {
  return { index: -1, variables: 0, branches: 0, isVast: false };
}

export interface Variable {
  readonly name: string;
  /** The function whose variable it is. */
  readonly info: FunctionInfo;
  /** `import`: every use is the imported value itself. `self`: the name by which a function calls itself. */
  kind: 'variable' | 'function' | 'class' | 'import' | 'self';
  /** What is imported, and under which name there. */
  specifier: string;
  imported: string;
  /** `const x = require('y')`: an import if nothing else is ever written to it. */
  isRequired: boolean;
  /** Index in `Module.classes` of the class that it is declared as, or -1. */
  classId: number;
  /** Assignments, its declaration not counted. */
  isReassigned: boolean;
  /** Whether it needs a cell: another function uses it, or it is exported. */
  isShared: boolean;
  isExported: boolean;
  /** Whether another function writes to it, so that its owner can't know its value. */
  isWrittenElsewhere: boolean;
  /** Index in `Module.cells`, or -1 until it is needed. */
  cell: number;
}

export interface Scope {
  readonly parent: Scope | undefined;
  readonly info: FunctionInfo;
  /** `this` and `arguments` of a function that has its own are variables too. */
  readonly names: Map<string, Variable>;
  /** Aliases of types: the type that stands for each. */
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

/** What a name means in a scope, or undefined for a name that the file does not declare. */
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
