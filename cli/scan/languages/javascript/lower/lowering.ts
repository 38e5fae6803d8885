import type { FunctionBuilder } from '../../../ir/function-builder.ts';
import type {
  BlockId,
  Class,
  Constant,
  Export,
  Func,
  Operation,
  ParseProblem,
  ValueId,
} from '../../../ir/ir.ts';
import type { Scopes } from '../parse/collect-scopes.ts';
import { globalExport } from '../parse/global-exports.ts';
import { type FunctionInfo, lookUp, type Scope, type Variable } from '../parse/scope.ts';

/** State that the functions of a module share while they are lowered. */
export interface ModuleLowering {
  readonly scopes: Scopes;
  readonly functions: Func[];
  readonly classes: (Class | undefined)[];
  readonly cells: { readonly name: string; readonly owner: number }[];
  readonly exports: Export[];
  readonly problems: ParseProblem[];
  /** Cells of `exports.x`, for exports that the module itself reads. */
  readonly exportCells: Map<string, ExportCell>;
  /** Number of phis that the remaining functions may still use, out of `maxPhis`. */
  phisLeft: number;
  /** Whether a problem for too deep nesting has been reported. */
  isTooDeep: boolean;
}

export interface ExportCell {
  readonly cell: number;
  isExported: boolean;
}

/** The state of a function that is being lowered. */
export interface Lowering {
  readonly module: ModuleLowering;
  readonly builder: FunctionBuilder;
  readonly info: FunctionInfo;
  scope: Scope;
  /** The nesting depth of expressions and statements, including that of the enclosing functions. */
  depth: number;
  /** The block that a throw inside a `try` jumps to. */
  handler: BlockId | undefined;
  /** The targets of `break` and `continue`, innermost last. */
  readonly targets: Target[];
}

export interface Target {
  readonly labels: readonly string[];
  readonly breakTo: BlockId;
  /** Undefined if `continue` does not apply to this target, such as a `switch`, but to an outer one. */
  readonly continueTo: BlockId | undefined;
  /** Whether a `break` without a label can leave it: true for loops and `switch`, false for labelled blocks. */
  readonly isPlain: boolean;
}

export interface Place {
  readonly start: number;
  readonly end: number;
}

export const maxDepth = 400;

/**
 * The maximum number of phis in a module, so that the lowered code stays proportional to its source. A function may need a
 * phi for each variable at each join. If it may need more phis than the module has left, its variables become cells, which
 * need none.
 */
export const maxPhis = 2_000_000;

export function emit(f: Lowering, operation: Operation, place: Place): ValueId {
  return f.builder.emit(operation, place.start, place.end);
}

export function emitConst(f: Lowering, value: Constant, place: Place): ValueId {
  return f.builder.emit({ op: 'const', value }, place.start, place.end);
}

export function emitUnknown(f: Lowering, place: Place): ValueId {
  return f.builder.emit({ op: 'unknown' }, place.start, place.end);
}

/** Emits an unknown value for code that is nested too deeply. The first such place in a module is reported as a problem. */
export function emitTooDeep(f: Lowering, place: Place): ValueId {
  if (!f.module.isTooDeep) {
    f.module.isTooDeep = true;
    f.module.problems.push({ at: place.start, message: 'The code is nested too deeply here.' });
  }
  return emitUnknown(f, place);
}

/** Runs `inside` in the scope that a node opens. If the node opens none, `inside` runs in the current scope. */
export function inScopeOf<T>(f: Lowering, node: object, inside: () => T): T {
  const scope = f.module.scopes.ofNode.get(node);
  if (!scope) return inside();
  const before = f.scope;
  f.scope = scope;
  const result = inside();
  f.scope = before;
  return result;
}

export function readName(f: Lowering, name: string, place: Place): ValueId {
  const variable = lookUp(f.scope, name);
  if (variable) return readVariable(f, variable, place);
  if (name === 'undefined') return emitConst(f, undefined, place);
  return emit(f, { op: 'global', name }, place);
}

export function readVariable(f: Lowering, variable: Variable, place: Place): ValueId {
  if (variable.kind === 'import') {
    const { specifier, imported } = variable;
    const global = globalExport(specifier, imported);
    if (global !== undefined) return emit(f, { op: 'global', name: global }, place);
    return emit(f, { op: 'import', specifier, name: imported }, place);
  }
  if (variable.kind === 'self') return emit(f, { op: 'func', func: variable.info.index }, place);
  if (variable.info === f.info && !variable.isWrittenElsewhere && !f.info.isVast)
    return f.builder.read(variable);
  return emit(f, { op: 'cell-load', cell: cellOf(f.module, variable) }, place);
}

/**
 * Reads `object.name`. Some exports of Node's modules are also globals, such as `URL` of the module `url`. `url.URL` is
 * then read as the global `URL`.
 */
export function readMember(f: Lowering, object: ValueId, name: string, place: Place): ValueId {
  const from = f.builder.inst(object);
  const isModule = from.op === 'import' && (from.name === '*' || from.name === 'default');
  const global = isModule ? globalExport(from.specifier, name) : undefined;
  return emit(
    f,
    global === undefined ? { op: 'member', object, name } : { op: 'global', name: global },
    place,
  );
}

export function writeVariable(f: Lowering, variable: Variable, value: ValueId, place: Place): void {
  if (variable.kind === 'import' || variable.kind === 'self') return;
  const isOwn = variable.info === f.info && !f.info.isVast;
  if (variable.isShared || !isOwn) {
    emit(f, { op: 'cell-store', cell: cellOf(f.module, variable), value }, place);
  }
  if (isOwn) {
    f.builder.write(variable, value);
    if (!variable.isShared) f.builder.name(value, variable.name);
  }
}

export function cellOf(module: ModuleLowering, variable: Variable): number {
  if (variable.cell < 0) {
    variable.cell = module.cells.push({ name: variable.name, owner: variable.info.index }) - 1;
  }
  return variable.cell;
}

/**
 * Returns the variable that holds `this`. In an arrow function, it is the variable of the enclosing function. Undefined if
 * neither the function nor any function around it uses `this`.
 */
export function thisVariable(f: Lowering): Variable | undefined {
  return lookUp(f.scope, 'this');
}

/**
 * Ends the last branch with a jump to `join`, and reads a variable there. The read creates a phi of the values from all
 * branches. Call this only if each branch has written the variable.
 */
export function readJoined(f: Lowering, variable: object, join: BlockId): ValueId {
  f.builder.jump(join);
  f.builder.start(join);
  return f.builder.read(variable);
}
