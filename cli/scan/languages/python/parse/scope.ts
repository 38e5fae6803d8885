import type { Node } from './tree.ts';

/** A name that a scope binds. It is also the variable of the function builder. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  /** How often it is bound, up to what matters: once or more. */
  count: number;
  /** What the name is imported from, if that is all that it is bound to. */
  import: Imported | undefined;
  /** The class that it is bound to by `class`, or -1. */
  class: number;
  /** It is bound by `def` or `class`. */
  isDefinition: boolean;
  cell: number;
  /** Functions other than its owner write to it, or to what it holds. */
  outerWrites: boolean;
  /** The code that was read so far has written to it. */
  written: boolean;
}

export interface Imported {
  readonly specifier: string;
  readonly name: string;
}

/**
 * Where names live. Comprehensions, class bodies and default values have scopes of their own, but their code
 * belongs to a function: the `owner`.
 */
export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'inline';
  readonly parent: Scope | undefined;
  readonly owner: Scope;
  readonly names: Map<string, Binding>;
  /** Names that its code mentions. */
  readonly uses: Set<string>;
  /** Names whose objects its code may change: `x` in `x.a = 1` and `x.append(1)`. */
  readonly changes: Set<string>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
  generator: boolean;
  /** How many scopes are around it. */
  readonly depth: number;
  /** The number of its class, or -1. */
  class: number;
  /** The number of its function, once that is written. */
  func: number;
}

export interface Scopes {
  readonly module: Scope;
  readonly all: readonly Scope[];
  /** By the node that opens it: a function, lambda, class, comprehension. */
  readonly of: ReadonlyMap<Node, Scope>;
  /** Scope of the default values of a function's parameters. */
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

/** `global x` and `nonlocal x`. */
export function declare(scope: Scope, kind: 'globals' | 'nonlocals', name: string): void {
  const open = scope as { globals: Set<string>; nonlocals: Set<string> };
  if (open[kind] === none) open[kind] = new Set();
  open[kind].add(name);
}

/** What a name means in a scope, by Python's rules; undefined if the file does not bind it there. */
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

/** A module, function or class, and nothing else: what is called does not change it. */
export function isFixed(binding: Binding): boolean {
  return binding.count === 1 && (binding.import !== undefined || binding.isDefinition);
}

export interface Bound {
  readonly imported?: Imported;
  readonly isDefinition?: boolean;
  readonly class?: number;
}

/** Binds a name in a scope, or where `global` says. */
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
