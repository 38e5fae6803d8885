import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import { type Abstract, cleaned } from '../../../dataflow/domain/abstract.ts';
import { load } from '../../../dataflow/domain/entries.ts';
import { type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import { admittedAt, handedAt, partKinds, partOf, type Route } from './route-schemas.ts';

/**
 * A part of a request where it is read whole, with the fields of which the route says what it lets through: they are as harmless
 * where a helper takes them out of it (`login(request.body)`) as where the handler does.
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

/** What a client sends, and not what else a request has. */
const sent = /^(?:body|payload|querystring|params|valid )/;

/** The parts of what one call is given that are looked at, and the names of fields in them. */
const maxParts = 400;
const maxFields = 40;

type Fields = ReadonlyMap<string, Kinds>;
const all = new WeakMap<Linked, Map<string, Fields>>();

/** For what each field is harmless that the routes of a handler speak of. */
function fieldsOf(linked: Linked, handler: number, part: string): Fields {
  let known = all.get(linked);
  if (!known) {
    known = new Map();
    all.set(linked, known);
  }
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

/** All that may be the name of a field in what the first of the routes is given: each of them would have to speak of it. */
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
