import type { Call } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import type { UseReport } from '../kit/rule.ts';
import { argumentId, calleeName, isA, isNamed, type Use } from '../kit/use.ts';
import { isRestricted } from './is-restricted.ts';
import { ofCiphers, oldVersion, textOf } from './options.ts';

/**
 * Reports calls that create a context for an old TLS version, and calls of methods that allow an old version or a broken
 * cipher.
 */
export function oldInCall(use: Use, call: Call): UseReport | undefined {
  const name = calleeName(use, call);
  const [first] = call.args;
  if (/^set_(tls)?_?ciphers$|^set_cipher_list$|^set_ciphersuites$/.test(name) && first !== undefined)
    return ofCiphers(textOf(use, first));
  if (/^set_m(in|ax)_proto_version$/.test(name) && first !== undefined && isNamed(use, first, 'use.OldTls'))
    return { message: oldVersion, confidence: 'high' };
  return byHost(use.language, makers)?.(use, call);
}

const makers: ByHost<(use: Use, call: Call) => UseReport | undefined> = { python: ofPython };

function ofPython(use: Use, call: Call): UseReport | undefined {
  const second = call.args[1];
  if (isA(use, call.callee, 'use.WrapSocket')) return ofWrap(use, call);
  if (!isA(use, call.callee, 'use.TlsContext')) return undefined;
  const version = argumentId(use, call, 0, 'protocol') ?? argumentId(use, call, -1, 'method') ?? second;
  return version === undefined ? undefined : ofVersion(use, version);
}

function ofVersion(use: Use, version: number): UseReport | undefined {
  if (isNamed(use, version, 'use.OldTls'))
    return {
      message: oldVersion,
      confidence: use.frame.inst(version).op === 'phi' ? 'medium' : 'high',
    };
  if (!isNamed(use, version, 'use.AnyTls') || isRestricted(use)) return undefined;
  return { message: anyVersion, confidence: isNamed(use, version, 'use.AnyTlsName') ? 'low' : 'medium' };
}

const anyVersion = 'The connection allows every TLS version, including broken ones.';

/** `ssl.wrap_socket`, which by default allows every version that OpenSSL has, and never checks the host name. */
function ofWrap(use: Use, call: Call): UseReport | undefined {
  const version = argumentId(use, call, 5, 'ssl_version');
  if (version !== undefined) return ofVersion(use, version);
  return call.spread === undefined ? { message: anyVersion, confidence: 'medium' } : undefined;
}
