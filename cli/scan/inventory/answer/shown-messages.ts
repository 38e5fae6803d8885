import type { Linked } from '../../callgraph/linked.ts';
import { origin } from '../../callgraph/query/called-on.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { BareApp } from '../../code-view.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { isPassed } from '../log-in/writes-log.ts';

/**
 * The framework of a call that creates an Apollo or tRPC server, if the server sends the messages of unexpected errors to
 * clients. It does so unless a formatter replaces the messages: `formatError` in `new ApolloServer(...)`, `errorFormatter`
 * in `initTRPC.create()`. Undefined for other calls.
 */
export function showsMessages(linked: Linked, func: number, call: Call): BareApp['framework'] | undefined {
  const made = call.isNew ? instOf(linked, origin(linked, { func, value: call.callee })) : undefined;
  if (
    made?.op === 'import' &&
    made.name === 'ApolloServer' &&
    /^(@apollo\/server|apollo-server(-\w+)?)$/.test(made.specifier)
  )
    return isMasked(linked, func, call, 'formatError') ? undefined : 'apollo';
  if (!isOfTrpc(linked, func, call)) return undefined;
  return isMasked(linked, func, call, 'errorFormatter') ? undefined : 'trpc';
}

/** `initTRPC.create()`, `initTRPC.context<Context>().create()`. */
function isOfTrpc(linked: Linked, func: number, call: Call): boolean {
  let callee = instOf(linked, { func, value: call.callee });
  if (callee?.op !== 'member' || callee.name !== 'create') return false;
  for (let hop = 0; hop < 5 && callee?.op === 'member'; hop++) {
    const object = instOf(linked, origin(linked, { func, value: callee.object }));
    if (object?.op === 'import') return object.name === 'initTRPC' && object.specifier === '@trpc/server';
    callee = object?.op === 'call' ? instOf(linked, { func, value: object.callee }) : undefined;
  }
  return false;
}

function isMasked(linked: Linked, func: number, { args }: Call, key: string): boolean {
  const options = origin(linked, { func, value: args[0] ?? -1 });
  const inst = instOf(linked, options);
  if (inst?.op !== 'object') return false;
  const at = inst.keys.indexOf(key);
  if (at < 0) return false;
  const functions = functionsOf(linked, { func: options.func, value: inst.values[at] as ValueId });
  return functions.length > 0 && functions.every((one) => puts(linked, one));
}

function functionsOf(linked: Linked, place: Place): readonly number[] {
  const made = origin(linked, place);
  return linked.functions(made.func, made.value);
}

/** Whether a function checks whether each error is an expected one, and replaces the message of all others. */
function puts(linked: Linked, id: number): boolean {
  const func = linked.program.functions[id]?.func;
  if (!func) return false;
  const { code } = func;
  const isText = (value: ValueId | undefined): boolean => {
    const inst = code[value ?? -1];
    return inst?.op === 'const' && typeof inst.value === 'string';
  };
  const chosen = new Set(code.flatMap((inst) => (inst.op === 'phi' ? inst.inputs : [])));
  const isPut = (value: ValueId): boolean => {
    const inst = code[value];
    if (inst?.op === 'object') return isText(inst.values[inst.keys.indexOf('message')]);
    return inst?.op === 'call'
      ? inst.isNew === true && isText(inst.args[0])
      : chosen.has(value) && isText(value);
  };
  return func.blocks.some(({ end }) => {
    const test = end.kind === 'branch' ? code[end.test] : undefined;
    if (end.kind !== 'branch' || test?.op !== 'binary' || !/^[!=]=$/.test(test.operator)) return false;
    const isAsked = [test.left, test.right].some((value) => {
      const inst = code[value];
      return inst?.op === 'const' && inst.value === 'INTERNAL_SERVER_ERROR';
    });
    const unforeseen = test.operator === '==' ? end.then : end.else;
    return (
      isAsked &&
      isPassed(func, 0, undefined, (value) => value === end.test) &&
      isPassed(func, unforeseen, undefined, isPut)
    );
  });
}
