import type { Call } from '../../ir/ir.ts';
import { argumentId, calleeName, given, isA, isConst, type Use } from '../kit/use.ts';
import type { Found } from './found.ts';
import { isNear, isPrivate } from './near.ts';
import { textOf } from './text-of.ts';

const message = 'This version of SNMP sends the community string, which is its password, in clear text.';
const unread: Found = {
  message: 'SNMP without a privacy key can be read by anyone on the network.',
  confidence: 'medium',
};

/** Finds uses of SNMP 1 and 2c, and of SNMP 3 without keys. */
export function plainSnmp(use: Use, call: Call): Found | undefined {
  if (isA(use, call.callee, 'use.SnmpCommunity'))
    return isThisMachine(use) ? undefined : { message, confidence: 'medium' };
  if (isA(use, call.callee, 'use.SnmpUser')) {
    const key = argumentId(use, call, 2, 'privKey') ?? argumentId(use, call, -1, 'priv_key');
    const isNone = key === undefined || isConst(given(use, call, 2, 'privKey'), null);
    return isNone && call.spread === undefined && !isThisMachine(use) ? unread : undefined;
  }
  if (!isA(use, call.callee, 'use.SnmpSession')) return undefined;
  const host = textOf(use, call.args[0]);
  return isNear(host) && !isPrivate(host) ? undefined : { message, confidence: 'medium' };
}

/** Whether the function queries only this machine: `UdpTransportTarget(('localhost', 161))`. */
function isThisMachine(use: Use): boolean {
  return use.frame.func.code.some((inst) => {
    if (inst.op !== 'call' || calleeName(use, inst) !== 'UdpTransportTarget') return false;
    const host = textOf(use, inst.args[0]);
    return isNear(host) && !isPrivate(host);
  });
}
