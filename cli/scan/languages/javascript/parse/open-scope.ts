import type { Walk } from './collect-scopes.ts';
import { type FunctionInfo, newVariable, type Scope, type Variable } from './scope.ts';

export interface OpenScope extends Scope {
  /** The names that are used in this scope or in closed inner scopes, each with a sum of the flags below. */
  readonly uses: Map<string, number>;
}

export const readUse = 1;
export const writeUse = 2;
/** The flag for uses of a name that may mutate the object in its variable: a store to a member, or a method call. */
export const effectUse = 4;
const innerShift = 3;
const ownUses = 7;
const innerUses = 56;

export function open(walk: Walk, node: object, parent: OpenScope | undefined, info: FunctionInfo): OpenScope {
  const scope: OpenScope = { parent, info, names: new Map(), types: undefined, uses: new Map() };
  walk.ofNode.set(node, scope);
  return scope;
}

/**
 * Ends a scope. The uses of names that it declares are added to their variables. All other uses are passed on to the
 * enclosing scope.
 */
export function close(scope: OpenScope): void {
  const outer = scope.parent as OpenScope | undefined;
  const isInner = outer !== undefined && outer.info !== scope.info;
  for (const [name, flags] of scope.uses) {
    const variable = scope.names.get(name);
    if (variable) note(variable, flags);
    else if (outer) {
      const passed = isInner ? ((flags & ownUses) << innerShift) | (flags & innerUses) : flags;
      outer.uses.set(name, (outer.uses.get(name) ?? 0) | passed);
    }
  }
  for (const variable of scope.names.values()) {
    if (!variable.isRequired || variable.isReassigned || isDeclared(scope, 'require')) continue;
    variable.kind = 'import';
  }
}

function note(variable: Variable, flags: number): void {
  if (flags & (writeUse | (writeUse << innerShift))) variable.isReassigned = true;
  if (flags & innerUses) variable.isShared = true;
  if (flags & ((writeUse | effectUse) << innerShift)) variable.isWrittenElsewhere = true;
}

function isDeclared(scope: Scope, name: string): boolean {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at.names.has(name)) return true;
  return false;
}

export function closeFunction(scope: OpenScope, self: string | undefined, hasArguments: boolean): void {
  const { names, uses, info } = scope;
  if (uses.has('this')) names.set('this', newVariable('this', info, 'variable'));
  if (hasArguments && uses.has('arguments') && !names.has('arguments')) {
    names.set('arguments', newVariable('arguments', info, 'variable'));
  }
  if (self !== undefined && uses.has(self) && !names.has(self)) {
    names.set(self, newVariable(self, info, 'self'));
  }
  close(scope);
}

export function use(scope: OpenScope, name: string, flags: number): void {
  scope.uses.set(name, (scope.uses.get(name) ?? 0) | flags);
}

/** Declares a name in a scope. Returns its variable. */
export function declare(scope: Scope, name: string, kind: Variable['kind']): Variable {
  const known = scope.names.get(name);
  if (known) {
    // With two declarations, neither of them determines the value alone.
    known.isReassigned = true;
    return known;
  }
  const variable = newVariable(name, scope.info, kind);
  scope.names.set(name, variable);
  return variable;
}

/** Returns the scope that a `var` in the given scope belongs to. */
export function functionScope(scope: OpenScope): OpenScope {
  let at = scope;
  while (at.parent && at.parent.info === at.info) at = at.parent as OpenScope;
  return at;
}
