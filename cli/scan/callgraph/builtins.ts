import type { Call, Inst } from '../ir/ir.ts';
import { builtinMethods, passOn, passThrough, puts, reads, takesElement } from './builtin-names.ts';
import { paramNode, passTo } from './calls.ts';
import { boundInto, positional } from './dispatch/bound-functions.ts';
import { deferredCall } from './dispatch/deferred-calls.ts';
import { findRecords } from './dispatch/records.ts';
import { passGotten } from './gotten.ts';
import type { Linker } from './linker.ts';
import { copyFields, lookUp } from './members.ts';
import { type FuncInfo, literalText } from './program.ts';
import { makesUniqueKey } from './unique-key.ts';

/**
 * Adds the flow of points-to tokens through a call of a built-in or well-known function, recognised by its name. Does
 * nothing for other calls.
 */
export function constrainBuiltin(linker: Linker, info: FuncInfo, inst: Inst & Call, node: number): void {
  const callee = info.func.code[inst.callee];
  switch (callee?.op) {
    case 'member':
    case 'index': {
      const name = constantKey(info, callee);
      const object = info.func.code[callee.object];
      const isKnown = name !== undefined && builtinMethods.has(name);
      if (
        isKnown ||
        makesUniqueKey(info.func, callee) ||
        (object?.op === 'global' && owners.has(object.name))
      )
        constrainNamed(linker, info, inst, node, callee);
      return;
    }
    case 'import':
    case 'global':
      constrainNamed(linker, info, inst, node, callee);
  }
}

/** JavaScript globals with modelled methods. */
const owners: ReadonlySet<string> = new Set(['Object', 'Symbol', 'Promise', 'Array']);

type Named = Inst & { readonly op: 'member' | 'index' | 'import' | 'global' };

function constrainNamed(
  linker: Linker,
  info: FuncInfo,
  inst: Inst & Call,
  node: number,
  callee: Named,
): void {
  const { graph, tokens } = linker;
  const at = (value: number): number => info.firstValue + value;
  const args = inst.args.map(at);
  if (makesUniqueKey(info.func, callee)) graph.add(node, tokens.of('symbol', node));
  const deferred = deferredCall(info.func, inst);
  if (deferred)
    callBack(linker, at(deferred.callee), deferred.args.map(at), deferred.givesResult ? node : undefined);

  if (callee.op === 'global') {
    const [first] = args;
    if (first === undefined) return;
    if (passThrough.has(callee.name)) graph.edge(first, node);
    if (callee.name === 'getattr') {
      const name = literalText(info.func, inst.args[1] ?? -1);
      graph.listen(first, (token) => lookUp(linker, info.module, token, name ?? '?', node));
      if (args[2] !== undefined) graph.edge(args[2], node);
    } else if (callee.name === 'map' || callee.name === 'filter') {
      if (args[1] !== undefined) callBack(linker, first, [args[1]], callee.name === 'map' ? node : undefined);
      if (callee.name === 'filter' && args[1] !== undefined) graph.edge(args[1], node);
    } else if (callee.name === 'str' || callee.name === 'String') {
      asText(linker, info, first, node, callee.name === 'str' ? '__str__' : 'toString');
    } else if (callee.name === 'super') {
      graph.edge(first, node);
    }
    return;
  }

  if (
    callee.op === 'import' &&
    callee.name === 'partial' &&
    callee.specifier === 'functools' &&
    args[0] !== undefined
  )
    boundInto(linker, args[0], positional(inst, args), node);
  // `select(User)` of SQLAlchemy, `get_object_or_404(User, id)` of Django.
  if (callee.op === 'import') findRecords(linker, callee.name, undefined, args, node);
  const name = constantKey(info, callee);
  if (name === undefined || (callee.op !== 'member' && callee.op !== 'index')) return;
  const receiver = at(callee.object);
  const receiverInst = info.func.code[callee.object];
  const isGlobal = receiverInst?.op === 'global' ? receiverInst.name : '';

  if (isGlobal === 'Object' && args[0] !== undefined) {
    if (name === 'assign') {
      for (const arg of args) graph.edge(arg, node);
      const [target, ...sources] = args;
      graph.listen(target as number, (token) => {
        if (tokens.get(token).kind !== 'object' && tokens.get(token).kind !== 'instance') return;
        for (const source of sources) copyFields(linker, token, source);
      });
    } else if (name === 'freeze' || name === 'seal' || name === 'create') graph.edge(args[0], node);
    else if (name === 'values' || name === 'entries') {
      graph.listen(args[0], (token) => lookUp(linker, info.module, token, '?', node));
    }
    return;
  }
  if (isGlobal === 'Symbol') graph.add(node, tokens.of('symbol', node));
  if (isGlobal === 'Promise' || isGlobal === 'Array') for (const arg of args) graph.edge(arg, node);

  if (name === 'get') passGotten(linker, info.module, receiver, node);
  else if (passOn.has(name)) graph.edge(receiver, node);
  if (reads.has(name)) {
    const key = literalText(info.func, inst.args[0] ?? -1) ?? '?';
    graph.listen(receiver, (token) => {
      if (tokens.get(token).kind === 'object') lookUp(linker, info.module, token, key, node);
    });
    if (name === 'get' && args[1] !== undefined) graph.edge(args[1], node);
  }
  // `pipe` returns the stream it receives. A stack of context managers returns the entered value.
  if (/^(pipe|enter_context|enter_async_context)$/.test(name) && args[0] !== undefined)
    graph.edge(args[0], node);
  if (takesElement.has(name)) {
    const item = elementOf(linker, info.module, receiver, name);
    if (name === 'reduce') {
      // `list.reduce((query, filter) => query.where(filter), query)`
      if (args[1] !== undefined) graph.edge(args[1], node);
      if (args[0] !== undefined) callBack(linker, args[0], [node, item], node);
      return;
    }
    for (const arg of args)
      callBack(
        linker,
        arg,
        [item],
        name === 'map' || name === 'flatMap' || name === 'then' ? node : undefined,
      );
  }
  if (name === 'bind' && args.length > 0) {
    boundInto(linker, receiver, args.slice(1), node);
    graph.listen(receiver, (token) => {
      const { kind, ref } = tokens.get(token);
      if (kind === 'func') graph.edge(args[0] as number, linker.receiver(ref));
    });
  }
  if (name === 'call' || name === 'apply') {
    graph.listen(receiver, (token) => {
      const { kind, ref } = tokens.get(token);
      if (kind !== 'func') return;
      if (!linker.addTarget(node, { func: ref, makes: -1, shift: 1 })) return;
      if (args[0] !== undefined) graph.edge(args[0], linker.receiver(ref));
      args.slice(1).forEach((arg, i) => {
        passTo(linker, linker.func(ref), arg, i, null, name === 'apply');
      });
      graph.edge(linker.returns(ref), node);
    });
  }
  if (puts.has(name)) {
    // A collection has the tokens of its elements. States of library models stay out: only the model's own members read those.
    for (const arg of args) {
      graph.listen(arg, (token) => {
        if (tokens.get(token).kind !== 'state') graph.add(receiver, token);
      });
    }
  }
  findRecords(linker, name, receiver, args, node);
  // Django's `objects = TicketQuerySet.as_manager()` has the methods of that class.
  if (name === 'as_manager') {
    graph.listen(receiver, (token) => {
      const { kind, ref } = tokens.get(token);
      if (kind === 'class') graph.add(node, tokens.of('instance', ref));
    });
  }
  if (name === 'partial' && args[0] !== undefined) boundInto(linker, args[0], positional(inst, args), node);
}

/** `str(x)` calls a method of its argument. */
function asText(linker: Linker, info: FuncInfo, given: number, node: number, method: string): void {
  const { graph, tokens } = linker;
  graph.listen(given, (token) => {
    if (tokens.get(token).kind !== 'instance') return;
    const methods = graph.node();
    lookUp(linker, info.module, token, method, methods);
    graph.listen(methods, (number) => {
      const { kind, ref } = tokens.get(number);
      if (kind !== 'func' || !linker.addTarget(node, { func: ref, makes: -1, shift: 1 })) return;
      graph.edge(given, linker.receiver(ref));
    });
  });
}

/** The node of a collection's elements. A collection has the tokens of its elements; a library model may add an `__element__`. */
function elementOf(linker: Linker, module: number, collection: number, method: string): number {
  if (method === 'then') return collection;
  const { graph, tokens } = linker;
  const item = graph.node();
  graph.edge(collection, item);
  graph.listen(collection, (token) => {
    if (tokens.get(token).kind === 'state') lookUp(linker, module, token, '__element__', item);
  });
  return item;
}

/** Calls the functions in `callbacks` with these arguments. Their results flow to `to`. */
function callBack(linker: Linker, callbacks: number, args: readonly number[], to: number | undefined): void {
  linker.graph.listen(callbacks, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (kind !== 'func') return;
    const target = linker.func(ref);
    args.forEach((arg, i) => {
      const param = paramNode(target, i);
      if (param !== undefined) linker.graph.edge(arg, param);
    });
    if (to !== undefined) linker.graph.edge(linker.returns(ref), to);
  });
}

function constantKey(info: FuncInfo, inst: Inst): string | undefined {
  if (inst.op === 'member') return inst.name;
  return inst.op === 'index' ? literalText(info.func, inst.key) : undefined;
}
