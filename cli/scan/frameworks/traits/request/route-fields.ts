import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import { type Abstract, cleaned } from '../../../dataflow/domain/abstract.ts';
import { load } from '../../../dataflow/domain/entries.ts';
import { type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { admittedAt, handedAt, partKinds, partOf, type Route } from './route-schemas.ts';

/**
 * Returns a whole part of a request, with its fields sanitised as the routes declare. A helper that receives the part
 * (`login(request.body)`) then sees the same fields as the handler.
 */
export function withRouteFields(frame: FunctionView, value: ValueId, inst: Inst, it: Abstract): Abstract {
  const part = inst.op === 'member' || inst.op === 'call' ? partOf(frame, value) : undefined;
  if (part === undefined || !sent.test(part)) return it;
  const whole = cleaned(it, partKinds(frame.linked, part));
  const known = fieldsOf(frame.linked, frame.id, part);
  if (known.size === 0) return whole;
  const fields = new Map(whole.fields);
  for (const [name, clean] of known) fields.set(name, cleaned(load(whole, name), clean));
  return { ...whole, fields };
}

/** The parts that a client sends. */
const sent = /^(?:body|payload|querystring|params|valid )/;

/** The bounds on values of a route that are searched, and on field names in them. */
const maxParts = 400;
const maxFields = 40;

type Fields = ReadonlyMap<string, Kinds>;
const fieldsByPart = memoized((_: Linked) => new Map<string, Fields>());

/** The kinds that each field is clean for on the routes of a handler. */
function fieldsOf(linked: Linked, handler: number, part: string): Fields {
  const known = fieldsByPart(linked);
  const key = `${handler} ${part}`;
  let fields = known.get(key);
  if (!fields) {
    const routes = handedAt(linked, handler);
    fields = new Map(
      namesAt(linked, routes)
        .map((name) => [name, admittedAt(linked, routes, part, name)] as const)
        .filter(([, clean]) => clean !== noKinds),
    );
    known.set(key, fields);
  }
  return fields;
}

/**
 * All possible field names in the first route's arguments. A field counts only if all routes declare it, so the first suffices.
 */
function namesAt(linked: Linked, [route]: readonly Route[]): readonly string[] {
  if (!route) return [];
  const names = new Set<string>();
  const waiting: Place[] = route.call.args.map((value) => ({ func: route.func, value }));
  for (let i = 0; i < waiting.length && i < maxParts && names.size < maxFields; i++) {
    const place = origin(linked, waiting[i] as Place);
    const inst = instAt(linked, place);
    for (const name of namesIn(inst)) names.add(name);
    for (const value of insideOf(inst)) waiting.push({ func: place.func, value });
  }
  return [...names].slice(0, maxFields);
}

function namesIn(inst: Inst | undefined): readonly string[] {
  if (inst?.op === 'object') return inst.keys.filter((key) => typeof key === 'string');
  return inst?.op === 'const' && typeof inst.value === 'string' ? [inst.value] : [];
}

function insideOf(inst: Inst | undefined): readonly ValueId[] {
  if (inst?.op === 'object') return inst.values;
  if (inst?.op === 'list') return inst.items;
  if (inst?.op === 'call') return [...inst.args, inst.callee];
  return inst?.op === 'member' ? [inst.object] : [];
}
