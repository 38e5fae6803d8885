import type { FunctionBuilder } from '../../../ir/function-builder.ts';
import type { BlockId, Class, Export, Func, Operation, ParseProblem, ValueId } from '../../../ir/ir.ts';
import { type Binding, type Imported, resolve, type Scope, type Scopes } from './scope.ts';
import type { Node } from './tree.ts';

/** A file that is being translated. */
export interface File {
  readonly text: string;
  readonly scopes: Scopes;
  readonly functions: (Func | undefined)[];
  readonly classes: (ReadClass | undefined)[];
  readonly exports: Export[];
  readonly problems: ParseProblem[];
  /** Functions whose code is still to be written. They wait, so that nesting needs no stack. */
  readonly waiting: WaitingFunction[];
  tooDeep: boolean;
  /** Instructions of the functions that are done, and how many there may be. */
  size: number;
  readonly maxSize: number;
}

/** A class whose methods may still declare fields. */
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

/** A function that is being written, and the place in it. */
export interface Code {
  readonly file: File;
  readonly b: FunctionBuilder;
  readonly func: number;
  /** The class whose method it is, or -1. */
  readonly class: number;
  readonly self: Binding | undefined;
  scope: Scope;
  /** The class whose body is written. */
  body: ClassBody | undefined;
  loop: Loop | undefined;
  /** Where what is raised goes to, or -1. */
  handler: BlockId;
  depth: number;
  /** About the number of instructions so far. */
  size: number;
  /** What was imported in the block that is written, and its value. */
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

/** True if there is no going deeper: the node is not translated then. The first such place is a problem of the file. */
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

/** What a name means here. In a class body and in the module a name that is written further down only is not yet this one. */
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
 * Each read may need a phi for every branch of the function, and 3,000 names behind 3,000 branches are nine
 * million. Beyond what any honest file needs, nothing more is known.
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

/** Once for a block: a module's name is read again and again. */
function readImport(c: Code, binding: Binding, { specifier, name }: Imported, node: Node): ValueId {
  const { imported } = c;
  if (imported.block !== c.b.current) {
    imported.block = c.b.current;
    imported.values.clear();
  }
  const known = imported.values.get(binding);
  if (known !== undefined) return known;
  const value = emit(c, { op: 'import', specifier, name }, node);
  // The instruction may have begun a block.
  if (imported.block === c.b.current) imported.values.set(binding, value);
  return value;
}

/** A function that begins to be written. */
export function newCode(
  file: File,
  b: FunctionBuilder,
  info: Pick<Code, 'func' | 'class' | 'self' | 'scope' | 'depth'>,
): Code {
  // Named one by one: copying with `...` is slow, and there are as many of these as functions.
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

/** True if what the variable holds can be changed by a call: not a module, a function, a text. */
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
