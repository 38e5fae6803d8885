import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { isOfType } from '../../models/state-traits.ts';
import { argumentId, isA, mayBeSpread, type Use } from '../kit/use.ts';
import type { KeyMade } from './javascript-key.ts';

export function pythonKey(use: Use, call: Call): KeyMade | undefined {
  const { callee } = call;
  if (use.frame.linked.states(use.frame.id, callee).length === 0) return undefined;
  const size = (position: number, ...names: readonly string[]): KeyMade => ({
    kind: 'bits',
    size: place(
      use,
      names.map((name) => argumentId(use, call, position, name)).find((id) => id !== undefined),
    ),
  });
  if (isA(use, callee, 'use.RsaKeyCryptography')) return size(1, 'key_size');
  if (isA(use, callee, 'use.DsaKeyCryptography')) return size(0, 'key_size');
  if (isA(use, callee, 'use.DhKeyCryptography')) return size(1, 'key_size');
  if (isA(use, callee, 'use.SizedKey')) return size(0, 'bits', 'nbits');
  if (isA(use, callee, 'use.DssKey')) return ofDss(use, call);
  if (isA(use, callee, 'use.OpenSslKey')) return size(1, 'bits');
  if (isA(use, callee, 'use.JwkKey')) return size(-1, 'size');
  if (isA(use, callee, 'use.EccKey'))
    return { kind: 'curve', size: place(use, argumentId(use, call, -1, 'curve')) };
  if (isA(use, callee, 'use.EcdsaKey')) return ofEcdsa(use, call);
  return isA(use, callee, 'use.EcKey') ? ofCurves(use, call) : undefined;
}

function place(use: Use, value: ValueId | undefined): Place | undefined {
  return value === undefined ? undefined : { func: use.frame.id, value };
}

/** DSA keys of paramiko have 1024 bits by default. */
function ofDss(use: Use, call: Call): KeyMade {
  const size = argumentId(use, call, 0, 'bits');
  if (size !== undefined || mayBeSpread(use, call)) return { kind: 'bits', size: place(use, size) };
  return { kind: 'bits', isWeak: 'A DSA key of 1024 bits is too short.' };
}

/** The default curve of `ecdsa` is NIST192p. */
function ofEcdsa(use: Use, call: Call): KeyMade | undefined {
  const curve = argumentId(use, call, 0, 'curve');
  if (curve === undefined)
    return mayBeSpread(use, call)
      ? undefined
      : { kind: 'curve', isWeak: 'Keys on the curve `NIST192p` are too short.' };
  return isWeakClass(use, curve) ? { kind: 'curve', isWeak: 'Keys on this curve are too short.' } : undefined;
}

/** `ec.generate_private_key(ec.SECP192R1())` */
function ofCurves(use: Use, call: Call): KeyMade | undefined {
  const curve = call.args.find((arg) => isWeakClass(use, arg));
  return curve === undefined ? undefined : { kind: 'curve', isWeak: 'Keys on this curve are too short.' };
}

function isWeakClass(use: Use, value: ValueId): boolean {
  const { linked } = use.frame;
  const at = madeBy(linked, { func: use.frame.id, value });
  const inst = instOf(linked, at);
  const made = inst?.op === 'call' ? inst.callee : at.value;
  return isOfType(linked.states(at.func, made), 'use.WeakCurve');
}
