import type { BlockId, Func, Inst, Module, Terminator, ValueId } from './ir.ts';
import { operandsOf } from './operands.ts';

/** The invariants of the representation that a module violates, each as a sentence. Empty for a valid module. */
export function verifyIr(module: Module): string[] {
  const problems: string[] = [];
  module.functions.forEach((func, index) => {
    const say = (text: string): void => {
      problems.push(`${module.path}: function ${index} ${func.name}: ${text}`);
    };
    verifyFunc(module, func, index, say);
  });
  const say = (text: string): void => {
    problems.push(`${module.path}: ${text}`);
  };
  const isFunc = (func: number): boolean => func in module.functions;
  if (module.functions.length === 0) say('there is no function');
  for (const it of module.classes) {
    if (it.init !== -1 && !isFunc(it.init)) say(`class ${it.name}: init ${it.init} is no function`);
    for (const { name, func } of it.methods) {
      if (!isFunc(func)) say(`class ${it.name}: method ${name} is no function ${func}`);
    }
  }
  for (const cell of module.cells) {
    if (!isFunc(cell.owner)) say(`cell ${cell.name}: owner ${cell.owner} is no function`);
  }
  for (const it of module.exports) {
    if ('cell' in it && !(it.cell in module.cells)) say(`export ${it.name}: no cell ${it.cell}`);
    if ('value' in it && !(it.value in (module.functions[it.func]?.code ?? []))) {
      say(`export ${it.name}: no value ${it.value} in function ${it.func}`);
    }
  }
  return problems;
}

function verifyFunc(module: Module, func: Func, index: number, say: (text: string) => void): void {
  if (func.outer < -1 || func.outer >= index) say(`outer ${func.outer} does not come before it`);
  if (func.class !== -1 && !(func.class in module.classes)) say(`no class ${func.class}`);
  if (func.blocks.length === 0) say('there is no block');
  const placed = new Set<ValueId>();
  const incoming = new Map<BlockId, BlockId[]>();
  func.blocks.forEach((block, id) => {
    for (const value of block.code) {
      if (!(value in func.code)) say(`b${id}: no v${value}`);
      if (placed.has(value)) say(`v${value} stands twice`);
      placed.add(value);
    }
    for (const to of successors(block.end)) {
      if (!(to in func.blocks)) say(`b${id} leads to no block b${to}`);
      const from = incoming.get(to);
      if (from) from.push(id);
      else incoming.set(to, [id]);
    }
    const used = 'test' in block.end ? block.end.test : 'value' in block.end ? block.end.value : undefined;
    if (used !== undefined && !(used in func.code)) say(`b${id} ends with no v${used}`);
  });
  const missing = func.code.filter((inst, value) => inst.op !== 'unknown' && !placed.has(value)).length;
  if (missing > 0) say(`${missing} instructions stand in no block`);
  func.blocks.forEach((block, id) => {
    const expected = (incoming.get(id) ?? []).join(' ');
    if ([...block.preds].sort((a, b) => a - b).join(' ') !== expected) {
      say(`b${id} has the predecessors ${block.preds.join(' ')} instead of ${expected}`);
    }
    let isHead = true;
    for (const value of block.code) {
      const inst = func.code[value];
      if (!inst) continue;
      if (inst.op !== 'phi') {
        // The constants of unwritten variables are among the phis.
        if (inst.op !== 'const') isHead = false;
        continue;
      }
      if (!isHead) say(`v${value}: a phi stands behind other instructions`);
      if (inst.inputs.length !== block.preds.length) {
        say(
          `v${value}: a phi of ${inst.inputs.length} inputs in a block of ${block.preds.length} predecessors`,
        );
      }
    }
  });
  func.code.forEach((inst, value) => {
    verifyInst(module, func, inst, (text) => say(`v${value}: ${inst.op}: ${text}`));
  });
}

function successors(end: Terminator): BlockId[] {
  if (end.kind === 'jump') return [end.to];
  return end.kind === 'branch' ? [end.then, end.else] : [];
}

function verifyInst(module: Module, func: Func, inst: Inst, say: (text: string) => void): void {
  for (const operand of operandsOf(inst)) if (!(operand in func.code)) say(`no operand v${operand}`);
  if (!(inst.at >= 0 && inst.at <= inst.end)) say(`its place is ${inst.at} to ${inst.end}`);
  if (inst.op === 'param' && !(inst.index in func.params)) say(`no parameter ${inst.index}`);
  if (inst.op === 'func' && !(inst.func in module.functions)) say(`no function ${inst.func}`);
  if (inst.op === 'class' && !(inst.class in module.classes)) say(`no class ${inst.class}`);
  if ('cell' in inst && !(inst.cell in module.cells)) say(`no cell ${inst.cell}`);
  if (inst.op === 'class' && inst.names.length !== inst.values.length)
    say('names and values differ in number');
  if (inst.op === 'object' && inst.keys.length !== inst.values.length)
    say('keys and values differ in number');
  if (inst.op === 'effect') {
    const call = func.code[inst.call];
    if (call?.op !== 'call') say(`v${inst.call} is no call`);
    else if (inst.arg !== -1 && !(inst.arg in call.args)) say(`no argument ${inst.arg}`);
  }
  if (inst.op === 'call') {
    if (inst.names && inst.names.length !== inst.args.length) say('names and arguments differ in number');
    if (inst.quasis && inst.quasis.length !== inst.args.length + 1) say('wrong number of quasis');
    if (inst.spread?.some((i) => !(i in inst.args))) say('a spread of no argument');
  }
  if (inst.op === 'list' && inst.spread.some((i) => !(i in inst.items))) say('a spread of no item');
}
