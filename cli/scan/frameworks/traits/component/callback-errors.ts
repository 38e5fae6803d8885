import { functionArgumentsOf } from '../../../callgraph/query/function-arguments.ts';
import { writtenName } from '../../../dataflow/query/written-name.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Call, Func } from '../../../ir/ir.ts';
import {
  answeredCallbacks,
  errorCallbacks,
  listCallbacks,
} from '../../../libraries/conventions/answered-errors.ts';
import { callsWith, eventOf } from './listened-event.ts';

/**
 * Whether a parameter is the error that a library passes to a callback. A listener for `error`, written in the call itself,
 * receives it as its first parameter. In a Node callback (`read(path, (err) => ...)`) and in a callback that is made
 * elsewhere (`read(path, answer(res))`), the parameter must also be named like an error. False if neither the callback nor
 * a function around it sends a response.
 * @param isModelled whether a model of a library describes the callback
 */
export function isCallbackError(frame: FunctionView, index: number, isModelled: boolean): boolean {
  const { func, linked, info } = frame;
  if (!frame.language.callbacksTakeErrors || !isNearAnswer(frame)) return false;
  const isNamed = errorCallbacks.test(func.params[index]?.name ?? '');
  const calls = index === 0 ? callsWith(frame) : undefined;
  if (calls) {
    const { around, of } = calls;
    const outer = (linked.program.firstFunc[info.module] ?? 0) + func.outer;
    return of.every((value) => {
      const call = libraryCall(frame, outer, value);
      if (!call) return false;
      const name = writtenName({ func: around, linked, info }, call.callee);
      if (listening.test(name)) return eventOf(around, value) === 'error';
      return isNamed && !isModelled && func.params.length < 4 && givesError(around, call, name);
    });
  }
  if (!isNamed || isModelled) return false;
  const handings = functionArgumentsOf(linked, frame.id);
  return (
    handings.length > 0 &&
    handings.every((one) => {
      const around = linked.program.functions[one.func];
      const call = libraryCall(frame, one.func, one.value);
      if (!around || !call || one.bound !== index || func.params.length - index >= 4) return false;
      const name = writtenName({ func: around.func, linked, info: around }, call.callee);
      if (listening.test(name)) return eventOf(around.func, one.value) === 'error';
      return givesError(around.func, call, name);
    })
  );
}

/** The bound on nested functions. */
const maxOuter = 5;

/** Whether this function, or one around it, sends a response. Other errors reach no client. */
function isNearAnswer({ engine, func, id, info, linked }: FunctionView): boolean {
  const first = linked.program.firstFunc[info.module] ?? 0;
  let at = id;
  let { outer } = func;
  for (let hop = 0; hop < maxOuter; hop++) {
    if (engine.answering.has(at)) return true;
    if (outer < 0) return false;
    at = first + outer;
    outer = linked.program.functions[at]?.func.outer ?? -1;
  }
  return false;
}

const listening = /^(?:on|once|addListener)$/;

/** A call that resolves to no function of the program. */
function libraryCall({ linked }: FunctionView, func: number, value: number): Call | undefined {
  const inst = linked.program.functions[func]?.func.code[value];
  return inst?.op === 'call' && linked.targets(func, value).length === 0 ? inst : undefined;
}

/**
 * Whether a library's function passes an error to its callback. Promises are modelled separately, and so are the error handlers
 * of frameworks.
 */
function givesError(around: Func, { args }: Call, name: string): boolean {
  // `Model.find({}, (error, rows) => ...)` takes a query first, so it is no method of a list.
  const isOfList = args.length === 1 || around.code[args[0] ?? -1]?.op === 'func';
  if (isOfList && listCallbacks.has(name)) return false;
  return !answeredCallbacks.test(name);
}
