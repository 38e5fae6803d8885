import type { Linked } from '../../callgraph/linked.ts';
import { origin } from '../../callgraph/query/called-on.ts';
import { instOf } from '../../callgraph/query/made-by.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isPassed, writesLog } from './writes-log.ts';

interface Handler {
  readonly func: number;
  /** The handled exception: usually a class. */
  readonly key: ValueId;
  readonly logs: boolean;
  /** It belongs to the whole application, not to a part of it. */
  readonly isWhole: boolean;
}

interface Handlers {
  readonly all: readonly Handler[];
  readonly called: ReadonlySet<number>;
  readonly isOpen: boolean;
}

/**
 * Whether an exception that a Python function raises is certainly logged by the application's error handlers. One handler
 * must be for exactly the exception's class, and all handlers must log on every path. False if another function of the
 * program calls this function, since the caller may catch the exception.
 */
export function raiseLogged(linked: Linked, id: number, thrown: ValueId): boolean {
  const { code } = linked.program.functions[id]?.func ?? { code: [] };
  const handlers = handlersIn(linked);
  if (handlers.isOpen || handlers.called.has(id) || code.some(({ op }) => op === 'caught')) return false;
  return (
    handlers.all.every(({ logs }) => logs) &&
    handlers.all.some(({ isWhole, func, key }) => isWhole && isSame(linked, [id, thrown], [func, key]))
  );
}

type At = readonly [func: number, value: ValueId];

/** `raise Refused(...)` and `@app.errorhandler(Refused)`. */
function isSame(linked: Linked, [func, thrown]: At, [other, key]: At): boolean {
  const made = instOf(linked, { func, value: thrown });
  const value = made?.op === 'call' ? made.callee : thrown;
  const classes = linked.classes(other, key);
  const own = linked.classes(func, value);
  if (own.length > 0) return own.every((one) => classes.includes(one));
  const [one, two] = [origin(linked, { func, value }), origin(linked, { func: other, value: key })];
  const [first, second] = [instOf(linked, one), instOf(linked, two)];
  return (
    first?.op === 'import' &&
    second?.op === 'import' &&
    first.name === 'HTTPException' &&
    second.name === 'HTTPException' &&
    /^(fastapi|starlette)\b/.test(first.specifier) &&
    /^(fastapi|starlette)\b/.test(second.specifier) &&
    // FastAPI's exceptions are Starlette's, but not vice versa.
    (first.specifier.startsWith('fastapi') || second.specifier.startsWith('starlette'))
  );
}

const handlersIn = memoized((linked: Linked): Handlers => {
  const all: Handler[] = [];
  const called = new Set<number>();
  let applications = 0;
  let isMap = false;
  linked.program.instructions.each('call', (call, info, value) => {
    for (const { func } of linked.targets(info.id, value)) called.add(func);
    if (isApplication(linked, info.id, value)) applications++;
    isMap ||= call.names?.includes('exception_handlers') ?? false;
    all.push(...handlersOf(linked, info.id, call));
  });
  return { all, called, isOpen: isMap || applications !== 1 };
});

function isApplication(linked: Linked, func: number, value: ValueId): boolean {
  const call = instOf(linked, { func, value });
  const callee =
    call?.op === 'call' ? instOf(linked, origin(linked, { func, value: call.callee })) : undefined;
  return callee?.op === 'import' && /^(Flask|FastAPI|Starlette|Quart|Litestar|Sanic)$/.test(callee.name);
}

function handlersOf(linked: Linked, func: number, call: Call): readonly Handler[] {
  const { code } = linked.program.functions[func]?.func ?? { code: [] };
  const maker = code[call.callee];
  const setter = call.isDecorator && maker?.op === 'call' ? maker : call;
  const callee = code[setter.callee];
  if (callee?.op !== 'member') return [];
  const isDecorator =
    setter !== call && /^(errorhandler|app_errorhandler|exception_handler)$/.test(callee.name);
  const isSet = setter === call && /^(register_error_handler|add_exception_handler)$/.test(callee.name);
  const [key = -1, given = -1] = setter.args;
  if ((!isDecorator && !isSet) || setter.names?.some((name) => name !== null)) return [];
  const functions = linked.functions(func, (isDecorator ? call.args[0] : given) ?? -1);
  const logs =
    functions.length > 0 &&
    functions.every((one) => {
      const body = linked.program.functions[one]?.func;
      return body !== undefined && isPassed(body, 0, undefined, (value) => writesLog(linked, one, value, 0));
    });
  const object = origin(linked, { func, value: callee.object });
  return [{ func, key, logs, isWhole: isApplication(linked, object.func, object.value) }];
}
