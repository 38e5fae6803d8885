import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { isOfType } from '../../models/state-traits.ts';
import { isA, known, type Use } from '../kit/use.ts';
import { entryOf } from '../kit/value/entry-of.ts';

/** A call that creates a key. `size` is the place of the value that says the key's size, curve or group. */
export interface KeyMade {
  readonly kind: 'bits' | 'curve' | 'group';
  readonly size?: Place | undefined;
  /** Why the key is weak, whatever its size. Undefined if only its size, curve or group can make it weak. */
  readonly isWeak?: string;
}

export function javascriptKey(use: Use, call: Call): KeyMade | undefined {
  const { callee } = call;
  if (isPromisified(use, callee)) return ofPair(use, call);
  if (use.frame.linked.states(use.frame.id, callee).length === 0) return undefined;
  if (isA(use, callee, 'use.KeyPair')) return ofPair(use, call);
  if (isA(use, callee, 'use.DiffieHellman')) return bits(at(use, call.args[0]));
  if (isA(use, callee, 'use.DiffieHellmanGroup')) return { kind: 'group', size: at(use, call.args[0]) };
  if (isA(use, callee, 'use.CurveByName')) return { kind: 'curve', size: at(use, call.args[0]) };
  if (isA(use, callee, 'use.SubtleKey')) return ofSubtle(use, call);
  if (isA(use, callee, 'use.ForgeKey'))
    return bits(entry(use, call.args[0], 'bits') ?? notObject(use, call.args[0]));
  if (isA(use, callee, 'use.NodeRsaPair')) return bits(at(use, call.args[0]));
  if (isA(use, callee, 'use.NodeRsa')) return call.isNew ? bits(entry(use, call.args[0], 'b')) : undefined;
  if (isA(use, callee, 'use.KeyUtil')) return ofKeyUtil(use, call);
  if (isA(use, callee, 'use.JoseKey')) return bits(entry(use, call.args[1], 'modulusLength'));
  if (isA(use, callee, 'use.OpenPgpKey')) return bits(entry(use, call.args[0], 'rsaBits', 'numBits'));
  if (isA(use, callee, 'use.BitsFirst'))
    return bits(entry(use, call.args[0], 'bits') ?? notObject(use, call.args[0]));
  return isA(use, callee, 'use.JsEncrypt') ? bits(entry(use, call.args[0], 'default_key_size')) : undefined;
}

function bits(size: Place | undefined): KeyMade {
  return { kind: 'bits', size };
}

function at(use: Use, value: ValueId | undefined): Place | undefined {
  return value === undefined ? undefined : { func: use.frame.id, value };
}

function notObject(use: Use, value: ValueId | undefined): Place | undefined {
  const place = at(use, value);
  return place && instOf(use.frame.linked, madeBy(use.frame.linked, place))?.op !== 'object'
    ? place
    : undefined;
}

function entry(use: Use, value: ValueId | undefined, ...names: readonly string[]): Place | undefined {
  return entryOf(use.frame.linked, at(use, value), ...names);
}

/** `promisify(generateKeyPair)` */
function isPromisified(use: Use, callee: ValueId): boolean {
  if (use.frame.inst(callee).op === 'global') return false;
  const place = madeBy(use.frame.linked, { func: use.frame.id, value: callee });
  const inst = instOf(use.frame.linked, place);
  const [first] = inst?.op === 'call' && inst.args.length === 1 ? inst.args : [];
  if (first === undefined) return false;
  return isOfType(use.frame.linked.states(place.func, first), 'use.KeyPair');
}

function ofPair(use: Use, call: Call): KeyMade | undefined {
  const curve = entry(use, call.args[1], 'namedCurve');
  if (curve) return { kind: 'curve', size: curve };
  const type = constText(known(use, call.args[0] ?? -1));
  if (type === 'dh') {
    const group = entry(use, call.args[1], 'group', 'groupName');
    if (group) return { kind: 'group', size: group };
    return bits(entry(use, call.args[1], 'primeLength'));
  }
  return bits(entry(use, call.args[1], 'modulusLength'));
}

/** `subtle.generateKey({ name: 'RSA-OAEP', modulusLength: 1024, ... })` */
function ofSubtle(use: Use, call: Call): KeyMade {
  return bits(entry(use, call.args[0], 'modulusLength'));
}

/** `KEYUTIL.generateKeypair('RSA', 1024)`, `('EC', 'secp192k1')` */
function ofKeyUtil(use: Use, call: Call): KeyMade {
  const isCurve = constText(known(use, call.args[0] ?? -1)) === 'EC';
  return { kind: isCurve ? 'curve' : 'bits', size: at(use, call.args[1]) };
}
