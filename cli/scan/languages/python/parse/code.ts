import type { FunctionBuilder } from '../../../ir/function-builder.ts';
import type { BlockId, Class, Export, Func, Operation, ParseProblem, ValueId } from '../../../ir/ir.ts';
import { type Binding, type Imported, resolve, type Scope, type Scopes } from './scope.ts';
import type { Node } from './tree.ts';

/** A file that is being lowered. */
export interface File {
  readonly text: string;
  readonly scopes: Scopes;
  readonly functions: (Func | undefined)[];
  readonly classes: (ReadClass | undefined)[];
  readonly exports: Export[];
  readonly problems: ParseProblem[];
  /** Functions that are not lowered yet. They are queued, so that nesting needs no recursion. */
  readonly waiting: WaitingFunction[];
  tooDeep: boolean;
  /** The number of instructions of the finished functions, and its bound. */
  size: number;
  readonly maxSize: number;
}

/** A class to which methods may still add fields. */
interface ReadClass extends Class {
  readonly fields: Class['fields'][number][];
}

export interface WaitingFunction {
  readonly node: Node;
  readonly func: number;
  readonly outer: number;
  readonly class: number;
  readonly name: string;
  /** The first parameter is the receiver. */
  readonly hasReceiver: boolean;
  readonly depth: number;
}

/** A function that is being lowered, and the current position in it. */
export interface Code {
  readonly file: File;
  readonly b: FunctionBuilder;
  readonly func: number;
  /** Index of the class whose method it is, or -1. */
  readonly class: number;
  readonly self: Binding | undefined;
  scope: Scope;
  /** The class whose body is being lowered. */
  body: ClassBody | undefined;
  loop: Loop | undefined;
  /** The handler that a raise jumps to, or -1. */
  handler: BlockId;
  depth: number;
  /** The approximate number of instructions so far. */
  size: number;
  /** Imports that the current block has read, with their values. */
  readonly imported: { block: BlockId; readonly values: Map<Binding, ValueId> };
}

interface Loop {
  readonly head: BlockId;
  readonly exit: BlockId;
}

export interface ClassBody {
  readonly methods: { name: string; func: number; kind: Class['methods'][number]['kind'] }[];
  readonly fields: Class['fields'][number][];
}

const maxDepth = 400;

/** Whether a node is nested too deeply to be lowered. The first such place of a file is reported as a problem. */
export function isTooDeep(c: Code, node: Node): boolean {
  if (c.depth < maxDepth) return false;
  if (!c.file.tooDeep) {
    c.file.tooDeep = true;
    c.file.problems.push({ at: node.at, message: `nested more than ${maxDepth} deep: not read further` });
  }
  return true;
}

export function textOf(c: Code, node: Node): string {
  return c.file.text.slice(node.at, node.end);
}

export function emit(c: Code, operation: Operation, node: Node): ValueId {
  const value = c.b.emit(operation, node.at, node.end);
  if (value > c.size) c.size = value;
  return value;
}

export function unknown(c: Code, node: Node): ValueId {
  return emit(c, { op: 'unknown' }, node);
}

export function constant(c: Code, value: string | number | boolean | null | undefined, node: Node): ValueId {
  return emit(c, { op: 'const', value }, node);
}

export function isOwn(c: Code, binding: Binding): boolean {
  return binding.scope.owner === c.scope.owner;
}

/**
 * Returns the binding that a name refers to at the current position in the code. Undefined if the file never binds it.
 * In a class body that assigns the name only later, returns the name's binding outside of the class. In top-level code
 * that assigns the name only later, returns undefined, unless a function also assigns the name (`global x`) or mutates
 * the object in it.
 */
export function lookUp(c: Code, name: string): Binding | undefined {
  const binding = resolve(c.scope, name);
  if (!binding || binding.written || !isOwn(c, binding)) return binding;
  if (binding.scope.kind === 'module') return binding.outerWrites ? binding : undefined;
  const { parent } = binding.scope;
  return binding.scope.kind === 'class' && parent ? resolve(parent, name) : binding;
}

export function readName(c: Code, name: string, node: Node): ValueId {
  const binding = lookUp(c, name);
  return binding ? readBinding(c, binding, node) : emit(c, { op: 'global', name }, node);
}

export function readBinding(c: Code, binding: Binding, node: Node): ValueId {
  if (isOwn(c, binding) && !(binding.outerWrites && binding.cell >= 0)) return readOwn(c, binding, node);
  if (binding.import && binding.count === 1) return readImport(c, binding, binding.import, node);
  return emit(c, { op: 'cell-load', cell: binding.cell }, node);
}

/**
 * Reads a variable of the function that is being lowered. A read may create a phi at every join, so 3,000 variables and
 * 3,000 branches could make nine million phis. If the file has more than `maxSize` instructions, the read returns an
 * `unknown`.
 */
export function readOwn(c: Code, binding: Binding, node: Node): ValueId {
  if (c.file.size + c.size > c.file.maxSize) {
    if (!c.file.tooDeep) c.file.problems.push({ at: node.at, message: 'too many branches: not all is read' });
    c.file.tooDeep = true;
    return unknown(c, node);
  }
  const value = c.b.read(binding);
  if (value > c.size) c.size = value;
  return value;
}

/** One import for each block: the names of modules are read often. */
function readImport(c: Code, binding: Binding, { specifier, name }: Imported, node: Node): ValueId {
  const { imported } = c;
  if (imported.block !== c.b.current) {
    imported.block = c.b.current;
    imported.values.clear();
  }
  const known = imported.values.get(binding);
  if (known !== undefined) return known;
  const value = emit(c, { op: 'import', specifier, name }, node);
  // Emitting may have started a new block.
  if (imported.block === c.b.current) imported.values.set(binding, value);
  return value;
}

/** Creates the state of a function whose lowering begins. */
export function newCode(
  file: File,
  b: FunctionBuilder,
  info: Pick<Code, 'func' | 'class' | 'self' | 'scope' | 'depth'>,
): Code {
  // The fields are listed one by one: copying with `...` is slow, and every function needs this.
  return {
    file,
    b,
    func: info.func,
    class: info.class,
    self: info.self,
    scope: info.scope,
    depth: info.depth,
    body: undefined,
    loop: undefined,
    handler: -1,
    size: 0,
    imported: { block: -1, values: new Map() },
  };
}

export function writeName(c: Code, name: string, value: ValueId, node: Node): void {
  const binding = resolve(c.scope, name);
  if (binding) writeBinding(c, binding, value, node);
}

export function writeBinding(c: Code, binding: Binding, value: ValueId, node: Node): void {
  if (binding.cell >= 0) emit(c, { op: 'cell-store', cell: binding.cell, value }, node);
  if (!isOwn(c, binding)) return;
  c.b.write(binding, value);
  if (binding.cell < 0) c.b.name(value, binding.name);
  binding.written = true;
}

/** Whether a call may mutate the object that a value denotes. False for values such as modules, functions and strings. */
export function canChange(c: Code, value: ValueId): boolean {
  return !fixed.has(c.b.inst(value).op);
}

const fixed: ReadonlySet<string> = new Set([
  'import',
  'func',
  'class',
  'global',
  'const',
  'text',
  'regex',
  'unary',
]);
