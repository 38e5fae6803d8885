import { maxUrlChanges } from '../budgets/guards.ts';
import { constText, deepTaints } from '../dataflow/domain/abstract.ts';
import { kinds } from '../dataflow/domain/kinds.ts';
import type { Taint } from '../dataflow/domain/taint.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { ownAddresses, requestTargets } from '../libraries/javascript/http/own-addresses.ts';

const hostMembers: ReadonlySet<string> = new Set(['origin', 'host', 'hostname']);

/**
 * Whether a comparison that finds `value` and `other` equal proves that a target URL is on the page's own site. For this,
 * `value` must be the origin of the target, resolved against the page's URL: `new URL(target, page).origin`. `other` must
 * be the page's origin: `page.origin` or `new URL('/', page).origin`.
 */
export function isOriginOfBase(frame: FunctionView, value: ValueId, other: ValueId): boolean {
  const [made, own] = [frame.inst(value), frame.inst(other)];
  if (made.op !== 'member' || own.op !== 'member') return false;
  if (made.name !== own.name || !hostMembers.has(made.name)) return false;
  const base = baseOf(frame, made.object);
  if (base === undefined || !isOfPage(frame, base)) return false;
  if (isSame(frame, base, own.object)) return true;
  const local = urlOf(frame, own.object);
  const [path, second] = local?.args ?? [];
  if (path === undefined) return false;
  // The page's address as a text: `new URL(request.url).origin`
  if (second === undefined) return isSame(frame, base, path);
  if (!isSame(frame, base, second)) return false;
  return /^\/(?![/\\])|^$/.test(constText(frame.use(path)) ?? '//');
}

/** Names of sources that are the requested address or host. */
const asked = /\.Request\.(?:url|nextUrl)\b|\bhost(?:name)?$/i;
const away = kinds('redirect');

/** Whether an attacker cannot choose the host of an address. */
function isOfPage(frame: FunctionView, base: ValueId): boolean {
  const it = frame.values[objectAt(frame, base)] ?? frame.values[base];
  return it === undefined || deepTaints(it).every(isOwn);
}

function isOwn({ origin, clean }: Taint): boolean {
  if (origin.kind !== 'source' || clean.meets(away)) return true;
  return ownAddresses.has(origin.what) || requestTargets.has(origin.what) || asked.test(origin.what);
}

function isSame(frame: FunctionView, a: ValueId, b: ValueId): boolean {
  return objectAt(frame, a) === objectAt(frame, b);
}

/** The object as it was created, before effects, casts and stores of fields. */
function objectAt(frame: FunctionView, value: ValueId): ValueId {
  let at = frame.valueNumbers[value] ?? value;
  for (let hop = 0; hop < maxUrlChanges; hop++) {
    const inst = frame.inst(at);
    if (inst.op === 'effect' || inst.op === 'typed') at = inst.value;
    else if (inst.op === 'store') at = inst.object;
    else break;
    at = frame.valueNumbers[at] ?? at;
  }
  return at;
}

function baseOf(frame: FunctionView, url: ValueId): ValueId | undefined {
  return urlOf(frame, url)?.args[1];
}

/** The call `new URL(...)` that created a value. Undefined for other values. */
function urlOf(frame: FunctionView, value: ValueId): (Inst & { op: 'call' }) | undefined {
  const inst = frame.inst(objectAt(frame, value));
  const callee = inst.op === 'call' && inst.isNew ? frame.inst(inst.callee) : undefined;
  const isUrl = (callee?.op === 'global' || callee?.op === 'import') && callee.name === 'URL';
  return isUrl && inst.op === 'call' ? inst : undefined;
}
