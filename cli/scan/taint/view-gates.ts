import type { Block, BlockId, Inst, ValueId } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { instAt, origin, type Place } from './called-on.ts';
import { decoratedBy, decoratedIn, decoratorsOf } from './decorators.ts';
import type { Frame } from './frame.ts';
import { type Kinds, noKinds } from './kinds.ts';
import { memberName } from './member-names.ts';

/** The parts of a request in Flask, Quart and Django whose fields are read by their names. */
const parts: ReadonlySet<string> = new Set('args form values cookies GET POST COOKIES'.split(' '));

export function isRequestPart(name: string): boolean {
  return parts.has(name);
}

/** The canonical values of what is read from the parts of a request, and their names. */
export function partReads(frame: Frame): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  frame.func.code.forEach((inst, value) => {
    const field = partRead(frame, inst);
    if (field) found.set(frame.canonical[value] as number, `${field.part}.${field.name}`);
  });
  return found;
}

/** `request.args.get('name')`, `request.args['name']` */
export function partRead(
  frame: Frame,
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
 * The blocks in which a function goes on to the view that it is called before: `return view(*args, **kwargs)` in a decorator,
 * `return super().dispatch(...)` in a class of Django's, and in what Flask calls before each request all that returns nothing.
 */
export function viewBlocks(frame: Frame): readonly BlockId[] {
  const { blocks } = frame.func;
  const goes = beforeRequests(frame.linked).has(frame.id)
    ? ({ end }: Block): boolean => end.kind === 'return' && !isAnswer(frame.inst(end.value))
    : ({ code }: Block): boolean => code.some((value) => callsView(frame, value));
  return blocks.flatMap((block, id) => (goes(block) ? [id] : []));
}

/** Whether a call goes on to the view. */
export function callsView({ linked, id, func: { name, code } }: Frame, value: ValueId): boolean {
  const inst = code[value];
  if (inst?.op !== 'call') return false;
  const callee = code[inst.callee];
  if (name === 'dispatch' && callee?.op === 'member' && callee.name === name) return true;
  const views = decoratedIn(linked).get(id);
  return views !== undefined && linked.targets(id, value).some((target) => views.includes(target.func));
}

/** What Flask takes for an answer, so that the view is not called: all but nothing. */
function isAnswer(inst: Inst): boolean {
  return (
    inst.op === 'call' ||
    inst.op === 'text' ||
    inst.op === 'list' ||
    (inst.op === 'const' && typeof inst.value === 'string')
  );
}

/** For what the fields of a part of the request are harmless in a view, as what is called before it lets nothing else through. */
export function gatedFields(frame: Frame, part: string): ReadonlyMap<string, Kinds> {
  const all = new Map<string, Kinds>();
  for (const gate of isRequestPart(part) ? gatesOf(frame) : [])
    for (const [field, clean] of frame.engine.proofs(gate)?.going ?? []) {
      const name = field.startsWith(`${part}.`) ? field.slice(part.length + 1) : undefined;
      if (name !== undefined) all.set(name, (all.get(name) ?? noKinds) | clean);
    }
  return all;
}

function gatesOf({ linked, id }: Frame): readonly number[] {
  const found: number[] = [...(wrappersOf(linked).get(id) ?? [])];
  const before = beforeRequests(linked);
  const routers = before.size === 0 ? [] : routersOf(linked, id);
  for (const [gate, { router, isForAll }] of before)
    if (routers.some((one) => isForAll || isSame(one, router))) found.push(gate);
  const owner = linked.classOf(id);
  for (const one of owner < 0 ? [] : [owner, ...linked.ancestors(owner)]) {
    const { class: it, module } = linked.program.classes[one] ?? {};
    const method = it?.methods.find(({ name }) => name === 'dispatch');
    if (method && module !== undefined) found.push((linked.program.firstFunc[module] ?? 0) + method.func);
  }
  return found.filter((one) => one !== id);
}

const wrappers = new WeakMap<Linked, ReadonlyMap<number, readonly number[]>>();

function wrappersOf(linked: Linked): ReadonlyMap<number, readonly number[]> {
  let found = wrappers.get(linked);
  if (!found) {
    const all = new Map<number, number[]>();
    for (const [wrapper, views] of decoratedIn(linked))
      for (const view of views) all.set(view, [...(all.get(view) ?? []), wrapper]);
    found = all;
    wrappers.set(linked, found);
  }
  return found;
}

/** What a function was told to be called before: the views of one router, or those of all. */
interface BeforeRequest {
  readonly router: Place;
  readonly isForAll: boolean;
}

const known = new WeakMap<Linked, ReadonlyMap<number, BeforeRequest>>();

/** Flask's `@app.before_request` and `app.before_request(check)`. */
function beforeRequests(linked: Linked): ReadonlyMap<number, BeforeRequest> {
  let found = known.get(linked);
  if (!found) {
    const all = new Map<number, BeforeRequest>();
    const { firstFunc, instructions } = linked.program;
    instructions.each('call', (call, { id, module, func }) => {
      const callee = func.code[call.callee];
      if (callee?.op !== 'member' || !/^before_(?:app_)?request$/.test(callee.name)) return;
      const router = origin(linked, { func: id, value: callee.object });
      const it = { router, isForAll: callee.name === 'before_app_request' || isApplication(linked, router) };
      const decorated = call.isDecorator ? decoratedBy(func, call) : undefined;
      const given =
        decorated === undefined
          ? call.args.flatMap((arg) => linked.functions(id, arg))
          : [(firstFunc[module] ?? 0) + decorated];
      for (const one of given) all.set(one, it);
    });
    found = all;
    known.set(linked, found);
  }
  return found;
}

/** `Flask(__name__)`, whose hooks are called for the views of its blueprints too. */
function isApplication(linked: Linked, place: Place): boolean {
  const inst = instAt(linked, place);
  const callee = inst?.op === 'call' ? instAt(linked, { func: place.func, value: inst.callee }) : undefined;
  return callee?.op === 'import' && /^(?:Flask|Quart)$/.test(callee.name);
}

/** What the routes of a view were registered at: `@app.get('/')`. */
function routersOf(linked: Linked, view: number): readonly Place[] {
  return decoratorsOf(linked, view).flatMap(({ func, call }) => {
    const callee = instAt(linked, { func, value: call.callee });
    return callee?.op === 'member' ? [origin(linked, { func, value: callee.object })] : [];
  });
}

function isSame(one: Place, other: Place): boolean {
  return one.func === other.func && one.value === other.value;
}
