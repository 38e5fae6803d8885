import type { Linked } from '../../../callgraph/linked.ts';
import { instOf, type Place } from '../../../callgraph/query/made-by.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import { isConvertedParam } from '../../../frameworks/routes/route-params.ts';
import type { Call, ValueId } from '../../../ir/ir.ts';
import { isOfType } from '../../../models/state-traits.ts';
import { declaringCalls } from '../../../schemas/declaring-calls.ts';
import { aliasOf } from '../../../schemas/type-alias.ts';

/** Keywords that make a library enforce an upper bound. */
const bounds: ReadonlySet<string> = new Set(['max_value', 'max', 'maximum', 'le', 'lt']);

/**
 * Whether a value is a number that a library reads from a request, without an upper bound that the library enforces. Such a
 * number isn't tainted, since only its size can do harm.
 */
export function isSentNumber(frame: FunctionView, place: Place): boolean {
  const { linked } = frame;
  const inst = instOf(linked, place);
  if (inst?.op === 'param')
    return (
      isConvertedParam(linked, place.func, inst.index) ||
      (place.func === frame.id && isDeclaredNumber(frame, place.value, inst.index))
    );
  if (inst?.op !== 'call' || isBounded(inst)) return false;
  if (inst.isDecorator) return isPipedNumber(linked, place.func, inst);
  return (
    isOfType(linked.states(place.func, inst.callee), 'use.SentNumber') ||
    isConverted(linked, place.func, inst)
  );
}

/** `count: int`, `count: Annotated[int, Query(ge=1)]`: FastAPI converts it from a request, and no upper bound is declared. */
function isDeclaredNumber(frame: FunctionView, param: ValueId, index: number): boolean {
  const { linked, func, info } = frame;
  const type = func.params[index]?.type;
  const named = aliasOf(frame, info.module, type)?.type ?? type;
  return (
    named !== undefined &&
    'name' in named &&
    (named.name === 'int' || named.name === 'float') &&
    linked.states(frame.id, param).some(({ sources }) => sources.some(({ kind }) => kind === 'remote')) &&
    !declaringCalls(frame, param).some(({ call }) => isBounded(call))
  );
}

function isBounded({ names }: Call): boolean {
  return names?.some((name) => name !== null && bounds.has(name)) === true;
}

const numberPipes: ReadonlySet<string> = new Set(['ParseIntPipe', 'ParseFloatPipe']);

/** Nest's `@Query('copies', ParseIntPipe) copies: number`, with no other pipe that may bound it. */
function isPipedNumber(linked: Linked, func: number, decorated: Call): boolean {
  const given = instOf(linked, { func, value: decorated.callee });
  if (given?.op !== 'call') return false;
  const pipes = given.args.flatMap((value) => {
    const arg = instOf(linked, { func, value });
    const made = arg?.op === 'call' ? instOf(linked, { func, value: arg.callee }) : arg;
    return made?.op === 'const' ? [] : [made?.op === 'import' ? made.name : ''];
  });
  return (
    pipes.some((name) => numberPipes.has(name)) &&
    pipes.every((name) => numberPipes.has(name) || name === 'DefaultValuePipe')
  );
}

/** `request.args.get('page', 1, type=int)` of Werkzeug. */
function isConverted(linked: Linked, func: number, call: Call): boolean {
  const callee = instOf(linked, { func, value: call.callee });
  if (callee?.op !== 'member' || callee.name !== 'get') return false;
  const type = instOf(linked, { func, value: call.args[call.names?.indexOf('type') ?? -1] ?? -1 });
  return (
    type?.op === 'global' &&
    (type.name === 'int' || type.name === 'float') &&
    linked.states(func, callee.object).some(({ sources }) => sources.some(({ kind }) => kind === 'remote'))
  );
}
