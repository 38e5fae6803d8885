import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Abstract } from '../../dataflow/domain/abstract.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { operandsOf } from '../../ir/operands.ts';
import { secrecyOf, wordsOf } from '../../ir/query/words.ts';
import { argument, known, option, type Use } from '../kit/use.ts';
import { ownNames } from './own-names.ts';

/** A message that any page in the other window can receive, such as `other.postMessage(data, '*')`. */
export interface Sent {
  readonly isSensitive: boolean;
}

export function sentToAny(use: Use, call: Call): Sent | undefined {
  const callee = use.frame.inst(call.callee);
  if (callee.op !== 'member' || callee.name !== 'postMessage' || call.args.length < 2) return undefined;
  const target = argument(use, call, 1);
  if (!mayBeAny(target) && !mayBeAny(option(target, 'targetOrigin'))) return undefined;
  if (isOwnWindow(use, callee.object)) return undefined;
  const [what] = call.args;
  if (what !== undefined && isForHost(use, what)) return { isSensitive: false };
  return what === undefined ? undefined : { isSensitive: isSensitive(use, what) };
}

/** Whether the target is `*` on at least one path: `isKnown ? origin : '*'`. */
function mayBeAny(target: Abstract | undefined): boolean {
  return target?.consts?.includes('*') ?? false;
}

/** Figma's plugins can reach their host only like this. */
function isForHost(use: Use, value: ValueId): boolean {
  const inst = instOf(use.frame.linked, madeBy(use.frame.linked, { func: use.frame.id, value }));
  return inst?.op === 'object' && inst.keys.includes('pluginMessage');
}

/** A message from a window to itself, to run something later, stays in the page. */
function isOwnWindow(use: Use, value: ValueId): boolean {
  const { linked, id } = use.frame;
  const place = { func: id, value };
  if (
    ownNames(linked, place).some((name) => /^_?(global|globalThis|globalObject|self|root|scope)$/.test(name))
  )
    return true;
  const made = madeBy(linked, place);
  const inst = instOf(linked, made);
  if (inst?.op === 'phi')
    return inst.inputs.some((input) => isWindow(instOf(linked, { func: made.func, value: input })));
  return isWindow(inst);
}

function isWindow(inst: Inst | undefined): boolean {
  return inst?.op === 'global' && /^(window|self|globalThis)$/.test(inst.name);
}

const maxSteps = 150;

/** Whether a part of the message identifies a person, or was read from the browser's storage. */
function isSensitive(use: Use, value: ValueId): boolean {
  const { linked, id } = use.frame;
  const seen = new Set<string>();
  const queue: Place[] = [{ func: id, value }];
  for (let at = queue.pop(); at && seen.size < maxSteps; at = queue.pop()) {
    const key = `${at.func} ${at.value}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const place = madeBy(linked, at);
    const inst = instOf(linked, place);
    if (!inst) continue;
    if (isConstant(use, at, inst)) continue;
    if ([...ownNames(linked, at), ...ownNames(linked, place)].some(isPrivateName)) return true;
    if (isKept(linked, place, inst)) return true;
    if (inst.op === 'object' && hasPrivateKey(use, place, inst)) return true;
    for (const operand of partsOf(linked, place, inst)) queue.push({ func: place.func, value: operand });
  }
  return false;
}

/** A constant reveals nothing: `{ type: 'token-request' }` */
function isConstant(use: Use, at: Place, inst: Inst): boolean {
  return inst.op === 'const' || (at.func === use.frame.id && known(use, at.value)?.consts !== undefined);
}

function hasPrivateKey(use: Use, place: Place, inst: Inst & { readonly op: 'object' }): boolean {
  const { linked } = use.frame;
  return inst.keys.slice(0, maxSteps).some((key, i) => {
    const value = inst.values[i];
    if (typeof key !== 'string' || value === undefined || !isPrivateName(key)) return false;
    const at = { func: place.func, value };
    const made = instOf(linked, madeBy(linked, at));
    if (made === undefined || made.op === 'const') return false;
    // `{ session: plan.sessionIndex }` is a number, as the name of its value says.
    const names = ownNames(linked, at);
    return !names.some(secrecyOf(key) === 'secret' ? isMeasure : isAbout);
  });
}

function partsOf(linked: Use['frame']['linked'], place: Place, inst: Inst): readonly ValueId[] {
  if (inst.op === 'func' || inst.op === 'class') return [];
  // Of a member, only its own name counts.
  if (inst.op === 'member' || inst.op === 'index') return [];
  if (inst.op !== 'call') return operandsOf(inst).slice(0, maxSteps);
  const target = linked.targets(place.func, place.value);
  return target.length === 0 ? inst.args : [];
}

/** `localStorage.getItem(...)`, `document.cookie`, `sessionStorage.x` */
function isKept(linked: Use['frame']['linked'], place: Place, inst: Inst): boolean {
  const member = inst.op === 'call' ? instOf(linked, { func: place.func, value: inst.callee }) : inst;
  if (member?.op !== 'member' && member?.op !== 'index') return false;
  const object = instOf(linked, madeBy(linked, { func: place.func, value: member.object }));
  const name = object?.op === 'global' || object?.op === 'member' ? object.name : '';
  if (name === 'localStorage' || name === 'sessionStorage') return true;
  return member.op === 'member' && member.name === 'cookie' && name === 'document';
}

const privateWords = new Set(
  'email mail phone address ssn iban passport birthday birthdate credentials creds cookie auth authorization profile account user session card cvv cvc'.split(
    ' ',
  ),
);
/** Words that say a name is only about such data: `userCount`, `sessionStarted`, `authReady`. */
const about = new Set(
  'count index position length size total ready type state status event started ended agent enabled required error message origin url height width name request requested expired changed theme timeout'.split(
    ' ',
  ),
);

function isMeasure(name: string): boolean {
  return /(index|count|length|position)$/i.test(name);
}

function isAbout(name: string): boolean {
  return name.length <= 80 && wordsOf(name).some((word) => about.has(word));
}

function isPrivateName(name: string): boolean {
  if (name.length > 80) return false;
  const words = wordsOf(name);
  if (secrecyOf(name) === 'secret') return !words.some((word) => about.has(word) && word !== 'state');
  return !isAbout(name) && words.some((word) => privateWords.has(word));
}
