import {
  maxDecoratedFunctions,
  maxHandedStates,
  maxPassedDepth,
  maxSuperNesting,
  maxTableTargets,
} from '../budgets/callgraph.ts';
import type { Call, Inst, Param } from '../ir/ir.ts';
import { isStepOf, type State } from '../models/api.ts';
import { constrainBuiltin } from './builtins.ts';
import { listenCallable } from './dispatch/callable-instances.ts';
import { returnsForConstants } from './dispatch/constant-returns.ts';
import { makerOf } from './dispatch/made-classes.ts';
import { constrainRecord } from './dispatch/record-fields.ts';
import { isOfOtherForm } from './error-first.ts';
import type { Linker } from './linker.ts';
import { field, lookUp } from './members.ts';
import { type FuncInfo, languageAt } from './program.ts';
import { loadedContext, renderTemplate } from './template/templates.ts';

/** Adds the edges of a call: arguments flow to the possible callees, and their results flow back. */
export function constrainCall(linker: Linker, info: FuncInfo, inst: Inst & Call, node: number): void {
  const { graph } = linker;
  const at = (value: number): number => info.firstValue + value;
  const [decorated] = inst.args;
  if (inst.isDecorator && decorated !== undefined) {
    // The result of a project's decorator replaces the function. A library's decorator leaves the function unchanged.
    linker.decorated.push({ callee: at(inst.callee), from: at(decorated), to: node });
    graph.listen(at(inst.callee), (token) => {
      if (linker.tokens.get(token).kind !== 'func') graph.edge(at(decorated), node);
    });
  }
  graph.listen(at(inst.callee), (token) => callToken(linker, info, inst, node, token));
  constrainBuiltin(linker, info, inst, node);
  const made = linker.program.madeClasses.get(node);
  if (made === undefined) return;
  linker.bases.set(made, [makerOf(info.func, inst) ?? '']);
  graph.add(node, linker.tokens.of('class', made));
}

function callToken(linker: Linker, info: FuncInfo, inst: Inst & Call, node: number, token: number): void {
  const { graph, tokens } = linker;
  const { kind, ref } = tokens.get(token);
  switch (kind) {
    case 'func':
      if (inst.isNew) {
        graph.add(node, tokens.of('made', ref));
        graph.add(linker.receiver(ref), tokens.of('made', ref));
      }
      bind(linker, info, inst, node, ref, -1, 0);
      return;
    case 'bound':
      bind(linker, info, inst, node, ref, -1, -(linker.boundBefore.get(ref) ?? 0));
      return;
    case 'unbound':
      bind(linker, info, inst, node, ref, -1, 1);
      return;
    case 'class':
      makeInstance(linker, info, inst, node, ref);
      return;
    case 'instance': {
      if (!languageAt(linker.program, info.module).instancesAreCallable) return;
      listenCallable(linker, token, (method) => bind(linker, info, inst, node, method, -1, 0));
      return;
    }
    case 'super': {
      // `super(a, b)` in a constructor.
      const constructors = graph.node();
      lookUp(linker, info.module, token, 'constructor', constructors);
      graph.listen(constructors, (method) => {
        const it = tokens.get(method);
        if (it.kind === 'func') bind(linker, info, inst, node, it.ref, -1, 0);
      });
      return;
    }
    case 'state': {
      const state = linker.apiOf(info.module).states[ref];
      if (state) callState(linker, info, inst, node, state);
      return;
    }
  }
}

function makeInstance(linker: Linker, info: FuncInfo, inst: Inst & Call, node: number, id: number): void {
  const { graph, tokens, program } = linker;
  graph.add(node, tokens.of('instance', id));
  const it = program.classes[id];
  if (it && it.class.init >= 0) {
    linker.addTarget(node, {
      func: (program.firstFunc[it.module] as number) + it.class.init,
      makes: id,
      shift: 0,
    });
  }
  constrainRecord(linker, info, inst, id);
  const constructors = graph.node();
  lookUp(linker, info.module, tokens.of('instance', id), 'constructor', constructors);
  graph.listen(constructors, (method) => {
    const found = tokens.get(method);
    if (found.kind === 'func') bind(linker, info, inst, node, found.ref, id, 0);
  });
}

/** Adds a target: arguments flow to parameters, the receiver to `this`, and the result to the call's node. */
function bind(
  linker: Linker,
  info: FuncInfo,
  inst: Inst & Call,
  node: number,
  func: number,
  makes: number,
  shift: number,
): void {
  const { graph } = linker;
  const target = linker.func(func);
  const context = loadedContext(linker, target);
  const most = target.func.class < 0 ? mostOf(linker, info, inst) : undefined;
  if (!linker.addTarget(node, context ? { func, makes, shift, context } : { func, makes, shift }, most))
    return;
  for (let i = 0; i < inst.args.length; i++) {
    const arg = info.firstValue + (inst.args[i] as number);
    const name = inst.names?.[i] ?? null;
    const spread = inst.spread?.includes(i) ?? false;
    if (shift === 1 && i === 0) graph.edge(arg, linker.receiver(func));
    else passTo(linker, target, arg, (inst.quasis ? i + 1 : i) - shift, name, spread);
  }
  const callee = info.func.code[inst.callee];
  if (makes < 0 && shift === 0) {
    const on = callee?.op === 'member' || callee?.op === 'index' ? callee.object : inst.callee;
    // A call on `super` passes on the receiver itself. Its class may override what the base class calls.
    if (info.func.code[on]?.op === 'super') graph.edge(superReceiver(linker, info), linker.receiver(func));
    else if (on !== inst.callee) graph.edge(info.firstValue + on, linker.receiver(func));
  }
  if (makes >= 0 && inst.isNew) return;
  if (makes >= 0 || !returnsForConstants(linker, info, inst, target, shift, node))
    graph.edge(linker.returns(func), node);
}

/** `this` of the enclosing method: an arrow function has no receiver of its own. */
function superReceiver(linker: Linker, info: FuncInfo): number {
  const { functions } = linker.program.modules[info.module] ?? { functions: [] };
  const first = linker.program.firstFunc[info.module] as number;
  let func = info.id - first;
  for (let hop = 0; hop < maxSuperNesting; hop++) {
    const it = functions[func];
    if (!it || it.class >= 0 || it.outer < 0) break;
    func = it.outer;
  }
  return linker.receiver(first + func);
}

/** Bound on the targets of a call, if it uses an entry of a table (`table[key](...)`) or the argument of a decorator. */
function mostOf(linker: Linker, { func, module }: FuncInfo, inst: Call): number | undefined {
  const callee = func.code[inst.callee];
  if (callee?.op === 'cell-load')
    return linker.wrappedCells.has((linker.program.firstCell[module] as number) + callee.cell)
      ? maxDecoratedFunctions
      : undefined;
  return callee?.op === 'element' || callee?.op === 'index' || callee?.op === 'member'
    ? maxTableTargets
    : undefined;
}

/**
 * Makes the argument `value` of a call flow to the parameter of `target` with this name, or at this position if `name` is
 * null. A spread argument also flows to all later parameters.
 */
export function passTo(
  linker: Linker,
  target: FuncInfo,
  value: number,
  position: number,
  name: string | null,
  spread: boolean,
): void {
  const { params } = target.func;
  for (let i = 0; i < params.length; i++) {
    const param = params[i] as Param;
    const takes = spread
      ? i >= position
      : name !== null
        ? param.name === name || param.rest === 'keywords'
        : i === position || (param.rest === 'positional' && position >= i);
    const node = takes ? paramNode(target, i) : undefined;
    if (node !== undefined) linker.graph.edge(value, node);
  }
}

/** The node of a parameter. Undefined if there is no parameter at the index, or if the function does not use it. */
export function paramNode(target: FuncInfo, index: number): number | undefined {
  const value = target.params[index] ?? -1;
  return value < 0 ? undefined : target.firstValue + value;
}

function callState(linker: Linker, info: FuncInfo, inst: Inst & Call, node: number, state: State): void {
  linker.addStates(state.returns, node);
  linker.addStates(state.instance, node);
  for (const template of state.templates) renderTemplate(linker, info, inst, node, template);
  inst.args.forEach((arg, i) => {
    const name = inst.names?.[i] ?? null;
    for (const step of state.args) {
      if (!isStepOf(step, i, name)) continue;
      for (const to of step.to) flowInto(linker, info.module, info.firstValue + arg, to, 0);
    }
  });
  for (const summary of state.summaries) {
    if (!summary.whole) continue;
    const [from, inner] = summary.from;
    const [to] = summary.to;
    if (from?.kind !== 'argument' || to?.kind !== 'return' || (inner && inner.kind !== 'return')) continue;
    const step = { ...from, from: from.from, to: [] };
    inst.args.forEach((arg, i) => {
      if (!isStepOf(step, i, inst.names?.[i] ?? null)) return;
      if (inner) resultInto(linker, info.firstValue + arg, node);
      else linker.graph.edge(info.firstValue + arg, node);
    });
  }
}

/** Makes the results of calling the values in `callee` flow into `node`: what functions return, and class instances. */
export function resultInto(linker: Linker, callee: number, node: number): void {
  const { graph, tokens } = linker;
  graph.listen(callee, (token) => {
    const { kind, ref } = tokens.get(token);
    if (kind === 'func' || kind === 'bound' || kind === 'unbound') graph.edge(linker.returns(ref), node);
    else if (kind === 'class') graph.add(node, tokens.of('instance', ref));
    else if (kind === 'instance')
      listenCallable(linker, token, (method) => graph.edge(linker.returns(method), node));
  });
}

/** Records which functions in `node` or in its members a library calls. Model state `stateId` describes these calls. */
export function flowInto(linker: Linker, module: number, node: number, stateId: number, depth: number): void {
  const { graph, tokens } = linker;
  const state = linker.apiOf(module).states[stateId];
  if (!state || depth > maxPassedDepth) return;
  const takesFunctions = state.params.length > 0 || state.returns.length > 0;
  if (!takesFunctions && state.members.size === 0 && state.anyMember.length + state.instance.length === 0)
    return;
  graph.listen(node, (number) => {
    if (!linker.isFirst(node, number, `into ${stateId}`)) return;
    const { kind, ref } = tokens.get(number);
    if ((kind === 'func' || kind === 'bound' || kind === 'unbound') && takesFunctions)
      handTo(linker, ref, stateId, kind === 'bound');
    else if (kind === 'class' && takesFunctions) handConstructor(linker, ref, stateId);
    else if (kind === 'object' || kind === 'instance' || kind === 'class') {
      for (const [name, states] of state.members) {
        for (const inner of states) flowInto(linker, module, field(linker, number, name), inner, depth + 1);
      }
      for (const inner of state.anyMember)
        flowInto(linker, module, field(linker, number, '?'), inner, depth + 1);
      if (kind === 'instance' && takesFunctions)
        listenCallable(linker, number, (method) => handTo(linker, method, stateId));
      if (kind !== 'class') return;
      // The library makes an instance and calls its methods.
      const instance = linker.tokens.of('instance', ref);
      for (const made of state.instance) {
        for (const [name, states] of linker.apiOf(module).states[made]?.members ?? [])
          for (const inner of states)
            flowInto(linker, module, field(linker, instance, name), inner, depth + 1);
      }
    }
  });
}

/** Records that a library calls the constructor of a class, own or inherited. `handTo` describes the other effects. */
export function handConstructor(linker: Linker, id: number, stateId: number): void {
  const { graph, program, tokens } = linker;
  const constructors = graph.node();
  const module = program.classes[id]?.module ?? 0;
  lookUp(linker, module, tokens.of('instance', id), 'constructor', constructors);
  graph.listen(constructors, (method) => {
    const { kind, ref } = tokens.get(method);
    if (kind === 'func') handTo(linker, ref, stateId);
  });
}

/** Records that a library calls a function. Its parameters get the library types that the model state `stateId` lists. */
export function handTo(linker: Linker, func: number, stateId: number, isBound = false): void {
  if (!isBound) linker.handedWhole.add(func);
  const handed = linker.handed.get(func);
  if (!handed) linker.handed.set(func, [stateId]);
  else if (handed.includes(stateId) || handed.length > maxHandedStates) return;
  else handed.push(stateId);
  const target = linker.func(func);
  const state = linker.apiOf(target.module).states[stateId];
  if (!state) return;
  const before = isBound ? (linker.boundBefore.get(func) ?? 0) : 0;
  target.func.params.slice(before).forEach((param, i) => {
    for (const step of state.params) {
      const takes =
        (isStepOf(step, i, null) && !isOfOtherForm(state, step, i, target.func.params)) ||
        isStepOf(step, -2, param.name) ||
        (param.rest && (step.from ?? 0) >= i);
      const node = takes ? paramNode(target, before + i) : undefined;
      if (node !== undefined) linker.addStates(step.to, node);
    }
  });
}
