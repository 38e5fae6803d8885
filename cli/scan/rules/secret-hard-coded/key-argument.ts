import type { Call, ValueId } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { argumentId, calleeName, isA, type Use } from '../kit/use.ts';

/** The argument that is the key, if a call signs, verifies or encrypts with one. Undefined for other calls. */
export function keyArgument(use: Use, call: Call): ValueId | undefined {
  return byHost(use.language, keyArguments)?.(use, call);
}

const keyArguments: ByHost<(use: Use, call: Call) => ValueId | undefined> = {
  javascript: keyOfNode,
  python: keyOfPython,
};

function keyOfPython(use: Use, call: Call): ValueId | undefined {
  if (isA(use, call.callee, 'use.JwtEncode', 'use.JwtDecode')) return argumentId(use, call, 1, 'key');
  return isA(use, call.callee, 'use.HmacNew') ? argumentId(use, call, 0, 'key') : undefined;
}

function keyOfNode(use: Use, call: Call): ValueId | undefined {
  const { callee } = call;
  if (isA(use, callee, 'use.JwtSign', 'use.JwtVerify') && /^(sign|verify)$/.test(calleeName(use, call)))
    return argumentId(use, call, 1);
  if (isA(use, callee, 'use.Hmac', 'use.Cipher')) return argumentId(use, call, 1);
  if (isA(use, callee, 'use.Session')) {
    const options = call.args[0];
    const inst = options === undefined ? undefined : use.frame.inst(options);
    return inst?.op === 'object' ? inst.values[inst.keys.indexOf('secret')] : undefined;
  }
  return undefined;
}
