import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import { decoratedBy, decoratedIn, decoratorsOf } from '../../../callgraph/query/decorators.ts';
import { isEscapingFunction } from '../../../callgraph/query/escaping-function.ts';
import { type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import { memberName } from '../../../dataflow/query/member-names.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import { blockOf } from '../../../ir/block-of.ts';
import type { Block, BlockId, Call, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized, memoizedPair } from '../../../ir/memoized.ts';
import { isBehind } from '../../../ir/query/control-flow.ts';

/** The parts of a request in Flask, Quart and Django whose fields are read by name. */
const parts: ReadonlySet<string> = new Set('args form values cookies GET POST COOKIES'.split(' '));

export function isRequestPart(name: string): boolean {
  return parts.has(name);
}

/**
 * Returns the fields that a function reads from parts of a request. A key is the value number of a read, and its value is
 * the field, such as `args.name`.
 */
export function partReads(frame: FunctionView): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  frame.func.code.forEach((inst, value) => {
    const field = partRead(frame, inst);
    if (field) found.set(frame.valueNumbers[value] as number, `${field.part}.${field.name}`);
  });
  return found;
}

/**
 * Returns the field that an instruction reads from a part of a request, such as `request.args.get('name')` or
 * `request.args['name']`. Undefined for other instructions.
 */
export function partRead(
  frame: FunctionView,
  inst: Inst,
): { readonly part: string; readonly name: string } | undefined {
  const { code } = frame.func;
  const read = inst.op === 'call' ? code[inst.callee] : inst;
  const isGet = inst.op === 'call' && read?.op === 'member' && read.name === 'get';
  if ((!isGet && inst.op !== 'index') || (read?.op !== 'member' && read?.op !== 'index')) return undefined;
  const from = code[read.object];
  const key = inst.op === 'call' ? inst.args[0] : inst.key;
  if (from?.op !== 'member' || !parts.has(from.name) || key === undefined) return undefined;
  const name = memberName(frame, key);
  return name === undefined ? undefined : { part: from.name, name };
}

/**
 * Finds the blocks in which a function that runs before a view lets the request continue. In a decorator they contain
 * `return view(*args, **kwargs)`, in a Django class `return super().dispatch(...)`. In a `before_request` function of
 * Flask, they contain a return without a response.
 */
export function viewBlocks(frame: FunctionView): readonly BlockId[] {
  const { blocks } = frame.func;
  const goes = beforeRequests(frame.linked).has(frame.id)
    ? ({ end }: Block): boolean => end.kind === 'return' && !isAnswer(frame, end.value)
    : ({ code }: Block): boolean => code.some((value) => callsView(frame, value) || handsView(frame, value));
  return blocks.flatMap((block, id) => (goes(block) ? [id] : []));
}

const verbs: ReadonlySet<string> = new Set('get post put patch delete head options'.split(' '));

/**
 * Whether a call in a function that runs before a view calls that view: the function that a decorator wraps, or the handler
 * method in a `dispatch` method.
 */
export function callsView({ linked, id, func: { name, code } }: FunctionView, value: ValueId): boolean {
  const inst = code[value];
  if (inst?.op !== 'call') return false;
  const callee = code[inst.callee];
  // `super().dispatch(...)`, and a handler method itself: `self.get(request)`.
  if (name === 'dispatch' && callee?.op === 'member') {
    const isOwn = code[callee.object]?.op === 'this' && verbs.has(callee.name);
    if (callee.name === name || isOwn) return true;
  }
  const views = decoratedIn(linked).get(id);
  return views !== undefined && linked.targets(id, value).some((target) => views.includes(target.func));
}

/** Whether the view is passed to a function that may call it: `ensure_sync(view)`. */
function handsView({ linked, id, func: { code } }: FunctionView, value: ValueId): boolean {
  const views = decoratedIn(linked).get(id);
  const inst = code[value];
  return (
    views !== undefined &&
    inst?.op === 'call' &&
    inst.args.some((arg) => linked.functions(id, arg).some((one) => views.includes(one)))
  );
}

const answers =
  /^(?:abort|redirect|jsonify|make_response|render_template(?:_string)?|Response|send_file|send_from_directory|unauthorized)$/;

/** Values that Flask always treats as a response, so that it does not call the view. */
function isAnswer({ func: { code } }: FunctionView, value: ValueId): boolean {
  const inst = code[value];
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return (
    inst?.op === 'text' ||
    inst?.op === 'list' ||
    (inst?.op === 'const' && typeof inst.value === 'string') ||
    ((callee?.op === 'import' || callee?.op === 'member') && answers.test(callee.name))
  );
}

/**
 * Returns, by field, the sink kinds that the fields of a part of a request are safe for in a view, because of the functions
 * that run before it.
 */
export function gatedFields(frame: FunctionView, part: string): ReadonlyMap<string, Kinds> {
  const all = new Map<string, Kinds>();
  for (const gate of isRequestPart(part) ? gatesOf(frame.linked, frame.id) : [])
    for (const [field, clean] of frame.engine.proofs(gate)?.going ?? []) {
      const name = field.startsWith(`${part}.`) ? field.slice(part.length + 1) : undefined;
      if (name !== undefined) all.set(name, (all.get(name) ?? noKinds).union(clean));
    }
  return all;
}

/** Views have fewer functions before them. */
const maxGates = 20;

/** The functions that run before a view. Cached, because each read of a part of the request needs them. */
const gatesOf = memoizedPair((linked: Linked, view: number): readonly number[] => {
  const own = linked.classOf(view) >= 0 ? dispatchOf(linked, view) : beforeView(linked, view);
  return own.filter((one) => one !== view).slice(0, maxGates);
});

/** The functions that run before a Flask view, or before a function that the project's decorators wrap. */
function beforeView(linked: Linked, view: number): readonly number[] {
  const found: number[] = [...(wrappersOf(linked).get(view) ?? [])];
  const before = beforeRequests(linked);
  const routers = before.size === 0 || isEscapingFunction(linked, view) ? [] : routersOf(linked, view);
  if (routers.length > 0)
    for (const [gate, { router, isForAll }] of before)
      if (isForAll || routers.every((one) => isSame(one, router))) found.push(gate);
  return found;
}

/** The nearest `dispatch` of a view class, unless the program calls the method directly. */
function dispatchOf(linked: Linked, view: number): readonly number[] {
  const { classes, firstFunc } = linked.program;
  const owner = linked.classOf(view);
  for (const one of [owner, ...linked.ancestors(owner)]) {
    const { class: it, module } = classes[one] ?? {};
    const method = it?.methods.find(({ name }) => name === 'dispatch');
    if (method && module !== undefined)
      return isCalled(linked, view) ? [] : [(firstFunc[module] ?? 0) + method.func];
  }
  return [];
}

const calledMethods = memoized((linked: Linked): ReadonlySet<number> => {
  const found = new Set<number>();
  linked.program.instructions.each('call', ({ callee }, { id: func, func: { code } }, value) => {
    const method = code[callee];
    // A call by name alone may be of any class's method.
    if (method?.op !== 'member' || linked.instances(func, method.object).length === 0) return;
    for (const target of linked.targets(func, value)) found.add(target.func);
  });
  return found;
});

function isCalled(linked: Linked, id: number): boolean {
  const all = calledMethods(linked);
  return all.has(id);
}

const wrappersByView = memoized((linked: Linked): ReadonlyMap<number, readonly number[]> => {
  const all = new Map<number, number[]>();
  for (const [wrapper, views] of decoratedIn(linked))
    for (const view of views) {
      const others = all.get(view);
      if (others) others.push(wrapper);
      else all.set(view, [wrapper]);
    }
  return all;
});

function wrappersOf(linked: Linked): ReadonlyMap<number, readonly number[]> {
  const found = wrappersByView(linked);
  return found;
}

/** The router whose views a function runs before, or whether it runs before all views. */
interface BeforeRequest {
  readonly router: Place;
  readonly isForAll: boolean;
}

const beforeRequestsByFunction = memoized((linked: Linked): ReadonlyMap<number, BeforeRequest> => {
  const all = new Map<number, BeforeRequest>();
  const { firstFunc, instructions } = linked.program;
  let applications = 0;
  instructions.each('call', (call, { func }) => {
    if (makesApplication(func, call)) applications++;
  });
  instructions.each('call', (call, { id, module, func }, value) => {
    const callee = func.code[call.callee];
    if (callee?.op !== 'member' || callee.name !== 'before_request') return;
    const router = origin(linked, { func: id, value: callee.object });
    if (router.func !== id || !isAlways(func, blockOf(func, value))) return;
    const maker = linked.program.functions[router.func]?.func;
    const made = instAt(linked, router);
    const isOfAll =
      applications === 1 && maker !== undefined && made?.op === 'call' && makesApplication(maker, made);
    const decorated = call.isDecorator ? decoratedBy(func, call) : undefined;
    const given =
      decorated === undefined
        ? call.args.flatMap((arg) => linked.functions(id, arg))
        : [(firstFunc[module] ?? 0) + decorated];
    for (const one of given) all.set(one, { router, isForAll: isOfAll });
  });
  return all;
});

/** Flask's `@app.before_request` and `app.before_request(check)`, if the registration is unconditional. */
function beforeRequests(linked: Linked): ReadonlyMap<number, BeforeRequest> {
  const found = beforeRequestsByFunction(linked);
  return found;
}

/** Whether a block dominates all returns of a function. */
function isAlways(func: Func, block: BlockId): boolean {
  return func.blocks.every(({ end }, id) => end.kind !== 'return' || isBehind(func, id, block));
}

/** `Flask(__name__)`, whose hooks also run for the views of its blueprints. */
function makesApplication({ code }: Func, { callee }: Call): boolean {
  const inst = code[callee];
  return (inst?.op === 'import' || inst?.op === 'member') && /^(?:Flask|Quart)$/.test(inst.name);
}

/** The routers that a view is registered with: `@app.get('/')`. */
function routersOf(linked: Linked, view: number): readonly Place[] {
  return decoratorsOf(linked, view).flatMap(({ func, call }) => {
    const callee = instAt(linked, { func, value: call.callee });
    return callee?.op === 'member' ? [origin(linked, { func, value: callee.object })] : [];
  });
}

function isSame(one: Place, other: Place): boolean {
  return one.func === other.func && one.value === other.value;
}
