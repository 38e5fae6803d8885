import { maxDecoratedFunctions } from '../budgets/callgraph.ts';
import { annotatedParts } from '../ir/annotated.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { constrainCall, flowInto, paramNode } from './calls.ts';
import { constrainClass } from './classes.ts';
import { operatorMethod, specialMethod } from './dispatch/special-methods.ts';
import { autoImportInto } from './framework/auto-imports.ts';
import type { Linker } from './linker.ts';
import { copyFields, field, keysOf, lookUp, setterOf, storeField } from './members.ts';
import { type FuncInfo, languageAt, literalText } from './program.ts';
import { writtenItem } from './written-lists.ts';

/** Adds the flow of points-to tokens through each instruction of a function. */
export function constrainFunction(linker: Linker, info: FuncInfo): void {
  const { func, module, firstValue } = info;
  func.params.forEach((param, index) => {
    const value = info.params[index] ?? -1;
    if (value < 0) return;
    if (param.type) linker.typeInto(module, param.type, firstValue + value);
    if (param.rest) linker.graph.table(firstValue + value);
  });
  for (let value = 0; value < func.code.length; value++)
    constrain(linker, info, func.code[value] as Inst, firstValue + value);
  const returns = linker.returns(info.id);
  if (func.returns) linker.typeInto(module, func.returns, returns);
  for (const block of func.blocks) {
    if (block.end.kind === 'return') linker.graph.edge(firstValue + block.end.value, returns);
  }
}

/** Adds the flow of tokens through one instruction. Must not allocate for most of them, as there are very many. */
function constrain(linker: Linker, info: FuncInfo, inst: Inst, node: number): void {
  const { graph, program } = linker;
  const { module, firstValue } = info;
  switch (inst.op) {
    case 'const':
    case 'param':
      return;
    case 'member':
      graph.table(node);
      readInto(linker, module, firstValue + inst.object, inst.name, node);
      // `User.objects` of Django and `User.query` of Flask-SQLAlchemy find instances.
      if ((inst.name === 'objects' || inst.name === 'query') && languageAt(program, module).classesAreQueried)
        linker.instancesInto(module, firstValue + inst.object, node);
      return;
    case 'call':
      constrainCall(linker, info, inst, node);
      return;
    case 'effect':
      graph.edge(firstValue + inst.value, node);
      return;
    case 'phi':
      for (const input of inst.inputs) graph.edge(firstValue + input, node);
      return;
    case 'cell-load': {
      const cell = (linker.program.firstCell[module] as number) + inst.cell;
      if (linker.wrappedCells.has(cell)) graph.table(node, maxDecoratedFunctions);
      graph.edge(linker.cell(cell), node);
      return;
    }
    case 'cell-store': {
      const cell = (linker.program.firstCell[module] as number) + inst.cell;
      const value = firstValue + inst.value;
      // A decorator receives all the functions that it is applied to.
      if (linker.wrappedCells.has(cell))
        for (const one of [value, linker.cell(cell), node]) graph.table(one, maxDecoratedFunctions);
      graph.edge(value, linker.cell(cell));
      graph.edge(value, node);
      return;
    }
    case 'import':
      linker.importInto(module, inst.specifier, inst.name, node);
      return;
    case 'global':
      globalInto(linker, module, inst.name, node);
      return;
    case 'this':
      graph.edge(linker.receiver(info.id), node);
      return;
    case 'super': {
      const owner = ownerClass(linker, info);
      if (owner >= 0) graph.add(node, linker.tokens.of('super', owner));
      return;
    }
    case 'func':
      graph.add(node, linker.tokens.of('func', (linker.program.firstFunc[module] as number) + inst.func));
      return;
    case 'class':
      constrainClass(linker, info, inst, node);
      return;
    case 'index':
      constrainIndex(linker, info, inst, node);
      return;
    case 'store':
      graph.edge(firstValue + inst.object, node);
      store(linker, module, firstValue + inst.object, inst.name, firstValue + inst.value, node);
      return;
    case 'store-index':
      graph.edge(firstValue + inst.object, node);
      storeIndex(linker, info, inst, node);
      return;
    case 'object':
      constrainObject(linker, info, inst, node);
      return;
    case 'list':
      graph.table(node);
      for (const item of inst.items) graph.edge(firstValue + item, node);
      return;
    case 'yield':
      graph.edge(firstValue + inst.value, linker.returns(info.id));
      graph.edge(firstValue + inst.value, node);
      return;
    case 'typed':
      graph.edge(firstValue + inst.value, node);
      constrainTyped(linker, info, inst, node);
      return;
    case 'slice':
      graph.edge(firstValue + inst.object, node);
      return;
    case 'text':
      for (const part of inst.parts)
        specialMethod(linker, info, part, [languageAt(program, module).specialMethods.text], node);
      return;
    case 'element': {
      graph.table(node);
      const { items } = languageAt(program, module).specialMethods;
      if (items.length > 0) specialMethod(linker, info, inst.value, items, node);
      readInto(linker, module, firstValue + inst.value, '__element__', node);
      graph.edge(firstValue + inst.value, node);
      return;
    }
    case 'await':
      if (inst.enters) specialMethod(linker, info, inst.value, ['__enter__', '__aenter__'], node);
      graph.edge(firstValue + inst.value, node);
      return;
    case 'binary':
      // Python's `Path(a) / b`.
      if (inst.operator === '/') graph.edge(firstValue + inst.left, node);
      if (languageAt(program, module).overloadsOperators) operatorMethod(linker, info, inst, node);
      return;
  }
}

/** Makes member `name` of all tokens of an object flow to a node. */
function readInto(linker: Linker, module: number, object: number, name: string, node: number): void {
  linker.graph.listen(object, (token) => lookUp(linker, module, token, name, node));
}

function constrainIndex(linker: Linker, info: FuncInfo, inst: Inst & { op: 'index' }, node: number): void {
  const { graph, tokens } = linker;
  const { func, module, firstValue } = info;
  const item = writtenItem(linker.program, info, inst.object, inst.key);
  if (item !== undefined) {
    graph.edge(item, node);
    return;
  }
  const object = firstValue + inst.object;
  graph.table(node);
  const { entry } = languageAt(linker.program, module).specialMethods;
  if (entry !== undefined) specialMethod(linker, info, inst.object, [entry], node, inst.key);
  const key = literalText(func, inst.key);
  // A list has the tokens of its elements. A numeric key may read one of them.
  if (key === undefined || /^\d+$/.test(key)) graph.edge(object, node);
  // Python's `Annotated[Session, ...]`, `Optional[Session]`: the subscript is the type.
  const [type] = annotatedParts(func, inst) ?? [];
  if (type !== undefined) graph.edge(firstValue + type, node);
  // `console[level](...)`
  const from = func.code[inst.object];
  const other = from?.op === 'global' && from.name === 'console' ? 'log' : '?';
  keysOf(linker, info, inst.key, other, (name) => readInto(linker, module, object, name, node));
  // A value stored under an unknown name may be under this one.
  if (key !== undefined)
    graph.listen(object, (token) => {
      if (tokens.get(token).kind === 'object') lookUp(linker, module, token, '*', node);
    });
}

function constrainObject(linker: Linker, info: FuncInfo, inst: Inst & { op: 'object' }, node: number): void {
  const { graph } = linker;
  const token = linker.tokens.of('object', node);
  graph.add(node, token);
  inst.keys.forEach((key, i) => {
    const value = info.firstValue + (inst.values[i] as number);
    if (key === null) linker.inheritance.addParent(token, { node: value, as: 'same' });
    else if (typeof key === 'string') graph.edge(value, field(linker, token, key));
    else keysOf(linker, info, key, '*', (name) => graph.edge(value, field(linker, token, name)));
  });
}

/**
 * A function declared with the type of a library's handler is called by that library: `const greet: Handler = (event) => ...`.
 */
function constrainTyped(linker: Linker, info: FuncInfo, inst: Inst & { op: 'typed' }, node: number): void {
  const { op } = info.func.code[inst.value] ?? {};
  if (op !== 'func' && op !== 'object') {
    linker.typeInto(info.module, inst.type, node);
    return;
  }
  const declared = linker.graph.node();
  linker.typeInto(info.module, inst.type, declared);
  linker.graph.edge(declared, node);
  linker.graph.listen(declared, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (kind === 'state') flowInto(linker, info.module, info.firstValue + inst.value, ref, 0);
  });
}

/** Stores a value in a member of all tokens of an object. This may run a setter. */
function store(
  linker: Linker,
  module: number,
  object: number,
  name: string,
  value: number,
  node: number,
): void {
  const { graph } = linker;
  graph.listen(object, (token) => {
    storeField(linker, token, name, value);
    handMember(linker, module, token, name, value);
    const setter = setterOf(linker, token, name);
    if (setter === undefined) return;
    linker.addTarget(node, { func: setter, makes: -1, shift: 0 });
    graph.add(linker.receiver(setter), token);
    const param = paramNode(linker.func(setter), 0);
    if (param !== undefined) graph.edge(value, param);
  });
}

function storeIndex(linker: Linker, info: FuncInfo, inst: Inst & { op: 'store-index' }, node: number): void {
  const { module, firstValue } = info;
  keysOf(linker, info, inst.key, '*', (name) =>
    store(linker, module, firstValue + inst.object, name, firstValue + inst.value, node),
  );
  const source = copiedFrom(info, inst);
  if (source === undefined) return;
  linker.graph.listen(firstValue + inst.object, (token) => {
    const { kind } = linker.tokens.get(token);
    if (kind === 'object' || kind === 'instance') copyFields(linker, token, firstValue + source);
  });
}

/** `for (const name in source) target[name] = source[name]`: the object that entries are copied from, under their own keys. */
function copiedFrom({ func }: FuncInfo, { key, value }: Inst & { op: 'store-index' }): ValueId | undefined {
  const read = func.code[value];
  return read?.op === 'index' && read.key === key && literalText(func, key) === undefined
    ? read.object
    : undefined;
}

/** `socket.onmessage = (event) => ...`: the library calls this function. */
function handMember(linker: Linker, module: number, token: number, name: string, value: number): void {
  const { kind, ref } = linker.tokens.get(token);
  if (kind !== 'state') return;
  const state = linker.apiOf(module).states[ref];
  for (const id of [...(state?.members.get(name) ?? []), ...(state?.anyMember ?? [])])
    flowInto(linker, module, value, id, 0);
}

function globalInto(linker: Linker, module: number, name: string, node: number): void {
  const { program, graph } = linker;
  if (name.startsWith('<')) linker.addStates(linker.apiOf(module).packages.get('jsx') ?? [], node);
  for (const state of linker.apiOf(module).packages.get('global') ?? []) {
    lookUp(linker, module, linker.tokens.of('state', state), name, node);
  }
  autoImportInto(linker, module, name, node);
  if (globalObjects.has(name)) linker.addStates(linker.apiOf(module).packages.get('global') ?? [], node);
  // Python's `from m import *` binds names that the module itself does not declare.
  for (const one of program.modules[module]?.exports ?? []) {
    if (!('all' in one)) continue;
    const value = graph.node();
    linker.importInto(module, one.all, name, value);
    graph.edge(value, node);
  }
}

const globalObjects: ReadonlySet<string> = new Set([
  'window',
  'globalThis',
  'self',
  'global',
  '__builtins__',
  'builtins',
]);

function ownerClass(linker: Linker, info: FuncInfo): number {
  const { program } = linker;
  for (let func = info.func; ; ) {
    if (func.class >= 0) return (program.firstClass[info.module] as number) + func.class;
    const outer = program.modules[info.module]?.functions[func.outer];
    if (!outer) return -1;
    func = outer;
  }
}
