import type { Node } from './tree.ts';

/** A name that a scope binds. The function builder takes this object as the key of the variable. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  /** The number of statements that bind the name. Equal imports count once. */
  count: number;
  /** The import, if it is the only binding of the name. */
  import: Imported | undefined;
  /** Index of the class that a `class` statement binds to the name, or -1. */
  class: number;
  /** Whether the first statement that binds the name is a `def` or `class`. */
  isDefinition: boolean;
  cell: number;
  /** Whether functions other than the scope's `owner` assign the name or mutate its object. */
  outerWrites: boolean;
  /** Whether the code that has been lowered so far assigns the name. */
  written: boolean;
}

export interface Imported {
  readonly specifier: string;
  readonly name: string;
}

/**
 * A scope of names. Comprehensions, class bodies and default values have scopes of their own, but their code belongs to
 * a function: the `owner`.
 */
export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'inline';
  readonly parent: Scope | undefined;
  readonly owner: Scope;
  readonly names: Map<string, Binding>;
  /** Names that its code uses. */
  readonly uses: Set<string>;
  /** Names whose objects its code may mutate: `x` in `x.a = 1` and `x.append(1)`. */
  readonly changes: Set<string>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
  generator: boolean;
  /** The number of enclosing scopes. */
  readonly depth: number;
  /** Index of the class whose body is the scope, or -1. */
  class: number;
  /** Index of the function whose body is the scope. Set when the function is lowered. */
  func: number;
}

export interface Scopes {
  readonly module: Scope;
  readonly all: readonly Scope[];
  /** Scopes by the node that opens them: a function, lambda, class or comprehension. */
  readonly of: ReadonlyMap<Node, Scope>;
  /** Scopes of the default values of parameters, by the node of the function. */
  readonly defaults: ReadonlyMap<Node, Scope>;
  readonly classes: readonly Node[];
  /** Bindings that have a cell, in the order of their cells. */
  readonly cells: readonly Binding[];
}

export function newScope(kind: Scope['kind'], parent: Scope | undefined, owner?: Scope): Scope {
  const scope = {
    kind,
    parent,
    names: new Map(),
    uses: new Set<string>(),
    changes: new Set<string>(),
    globals: none,
    nonlocals: none,
    generator: false,
    depth: parent ? parent.depth + 1 : 0,
    class: -1,
    func: -1,
  } as unknown as { -readonly [K in keyof Scope]: Scope[K] };
  scope.owner = owner ?? scope;
  return scope;
}

const none: Set<string> = new Set();

/** Declares a name as `global x` or `nonlocal x` does. */
export function declare(scope: Scope, kind: 'globals' | 'nonlocals', name: string): void {
  const open = scope as { globals: Set<string>; nonlocals: Set<string> };
  if (open[kind] === none) open[kind] = new Set();
  open[kind].add(name);
}

/**
 * Returns the binding that a name refers to in a scope, by Python's rules. Undefined if no scope of the file binds the
 * name.
 */
export function resolve(from: Scope, name: string): Binding | undefined {
  let behindFunction = false;
  for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
    if (scope.globals.has(name)) return moduleOf(scope).names.get(name);
    if (scope.kind !== 'class' || !behindFunction) {
      const found = scope.names.get(name);
      if (found) return found;
    }
    if (scope.kind === 'function') behindFunction = true;
  }
  return undefined;
}

export function moduleOf(scope: Scope): Scope {
  let at = scope;
  while (at.parent) at = at.parent;
  return at;
}

/**
 * Whether a name is bound only once, by an import, a `def` or a `class`. The lowering assumes that calls do not mutate the
 * value of such a name.
 */
export function isFixed(binding: Binding): boolean {
  return binding.count === 1 && (binding.import !== undefined || binding.isDefinition);
}

export interface Bound {
  readonly imported?: Imported;
  readonly isDefinition?: boolean;
  readonly class?: number;
}

/** Binds a name in a scope, or in the module if a `global` statement names it. Does nothing for a `nonlocal` name. */
export function bind(
  from: Scope,
  name: string,
  { imported, isDefinition, class: classId = -1 }: Bound = {},
): void {
  let scope = from;
  if (from.nonlocals.has(name)) return;
  if (from.globals.has(name)) scope = moduleOf(from);
  const old = scope.names.get(name);
  if (!old) {
    scope.names.set(name, {
      name,
      scope,
      count: 1,
      import: imported,
      class: classId,
      isDefinition: isDefinition === true,
      cell: -1,
      outerWrites: scope.owner !== from.owner,
      written: false,
    });
    return;
  }
  if (scope.owner !== from.owner) old.outerWrites = true;
  if (
    imported &&
    old.import &&
    old.import.name === imported.name &&
    old.import.specifier === imported.specifier
  )
    return;
  old.count++;
  old.import = undefined;
  if (classId >= 0 && old.class < 0) old.class = classId;
}
