import type { Call, Func, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { argument, argumentId, isA, isConst, known, type Use } from '../kit/use.ts';
import { type Maker, makersOf } from '../kit/value/made-with.ts';
import type { Found } from './found.ts';
import { isUpgraded, matesWith } from './mentions.ts';
import { isNear } from './near.ts';
import { plainSnmp } from './snmp.ts';
import { plainTelnet } from './telnet.ts';
import { textAt, textOf } from './text-of.ts';

/** Finds calls that log in or communicate with an unencrypted protocol. */
export function plainPython(use: Use, call: Call): Found | undefined {
  const { callee } = call;
  if (isA(use, callee, 'use.Telnet')) return plainTelnet(textOf(use, argumentId(use, call, 0, 'host')));
  if (isA(use, callee, 'use.Ftp')) return ofFtp(use, call);
  if (isA(use, callee, 'use.MailLogin')) return ofMail(use, call);
  if (isA(use, callee, 'use.LdapBind')) return ofLdap(use, call);
  if (isA(use, callee, 'use.Ldap3Connection')) return ofLdap3(use, call);
  return isA(use, callee, 'use.XmlRpc') ? ofXmlRpc(use, call) : plainSnmp(use, call);
}

/** FTP without a password is reported too: files can be changed in transit. */
function ofFtp(use: Use, call: Call): Found | undefined {
  const host = textOf(use, argumentId(use, call, 0, 'host'));
  if (isNear(host)) return undefined;
  return {
    message: 'FTP sends passwords and files in clear text.',
    confidence: isAnonymous(use.frame.func) ? 'medium' : 'high',
  };
}

const isAnonymous = memoized((func: Func) =>
  func.code.some((inst) => {
    const callee = inst.op === 'call' ? func.code[inst.callee] : undefined;
    return inst.op === 'call' && callee?.op === 'member' && callee.name === 'login' && inst.args.length === 0;
  }),
);

function receiverOf(use: Use, call: Call): ValueId | undefined {
  const callee = use.frame.inst(call.callee);
  return callee.op === 'member' ? callee.object : undefined;
}

function hostOf(use: Use, { func, call }: Maker): string | undefined {
  const named = call.names?.indexOf('host') ?? -1;
  const value = call.args[Math.max(named, 0)];
  if (value === undefined || (named < 0 && call.names?.[0])) return undefined;
  return textAt(use, { func, value });
}

function ofMail(use: Use, call: Call): Found | undefined {
  const receiver = receiverOf(use, call);
  if (receiver === undefined) return undefined;
  const makers = makersOf(use, receiver);
  if (makers.some((maker) => isNear(hostOf(use, maker)) || isEncrypted(use, maker))) return undefined;
  if (isUpgraded(use, makers, /^(starttls|stls)$/)) return undefined;
  return {
    message: 'The password is sent to a mail server before the connection is encrypted.',
    confidence: 'high',
  };
}

/** Whether a connection's class is one for TLS. If a setting chooses the class, one of them may be. */
function isEncrypted(use: Use, { func, call }: Maker): boolean {
  const callee = use.frame.linked.program.functions[func]?.func.code[call.callee];
  const name = callee?.op === 'member' || callee?.op === 'import' ? callee.name : '';
  return /SSL/.test(name) || callee?.op === 'phi';
}

function ofLdap(use: Use, call: Call): Found | undefined {
  const receiver = receiverOf(use, call);
  const password = argument(use, call, 1, 'cred');
  if (receiver === undefined || argumentId(use, call, 1, 'cred') === undefined) return undefined;
  if (isConst(password, '', null)) return undefined;
  const makers = makersOf(use, receiver);
  const urls = makers.map((maker) => urlOf(use, maker));
  if (!urls.some((url) => /^ldap:\/\//i.test(url ?? '')) || urls.some(isNear)) return undefined;
  if (isUpgraded(use, makers, /^start_tls_s$/)) return undefined;
  return {
    message: 'A password is sent to a directory server before the connection is encrypted.',
    confidence: 'high',
  };
}

function urlOf(use: Use, { func, call }: Maker): string | undefined {
  const named = call.names?.indexOf('uri') ?? -1;
  const value = call.args[Math.max(named, 0)];
  return value === undefined ? undefined : textAt(use, { func, value });
}

function ofLdap3(use: Use, call: Call): Found | undefined {
  const server = argumentId(use, call, 0, 'server');
  const password = argumentId(use, call, 2, 'password');
  if (server === undefined || password === undefined || isConst(known(use, password), null, ''))
    return undefined;
  const bind = argumentId(use, call, 3, 'auto_bind');
  if (bind !== undefined && mentionsTls(use, bind)) return undefined;
  if (isOtherLogin(use, argumentId(use, call, 5, 'authentication'))) return undefined;
  const text = textOf(use, server);
  const makers = text === undefined ? makersOf(use, server) : [];
  if (text === undefined && !makers.some((maker) => isServer(use, maker))) return undefined;
  if (isNear(text) || /^ldaps:/i.test(text ?? '')) return undefined;
  if (makers.some((maker) => isSecure(use, maker))) return undefined;
  if (matesWith(use.frame.linked, use.frame.id, /^start_tls$/).length > 0) return undefined;
  return { message: 'A password is sent to a directory server without TLS.', confidence: 'high' };
}

function isServer(use: Use, { func, call }: Maker): boolean {
  return calledName(use, func, call) === 'Server';
}

function calledName(use: Use, func: number, call: Call): string {
  const callee = use.frame.linked.program.functions[func]?.func.code[call.callee];
  return callee?.op === 'member' || callee?.op === 'import' || callee?.op === 'global' ? callee.name : '';
}

/** `use_ssl=` with any value, port 636, `ldaps://`, or a local host. */
function isSecure(use: Use, maker: Maker): boolean {
  const { func, call } = maker;
  const code = use.frame.linked.program.functions[func]?.func.code ?? [];
  const constant = (name: string, position: number): unknown => {
    const named = call.names?.indexOf(name) ?? -1;
    const positional = call.names?.[position] ? undefined : call.args[position];
    const inst = code[(named >= 0 ? call.args[named] : positional) ?? -1];
    return inst?.op === 'const' ? inst.value : inst === undefined ? undefined : 'unknown';
  };
  const ssl = constant('use_ssl', 2);
  if ((ssl !== undefined && ssl !== false) || constant('port', 1) === 636) return true;
  const host = hostOf(use, maker);
  return isNear(host) || /^ldaps:|:636$/i.test(host ?? '') || call.spread !== undefined;
}

function mentionsTls(use: Use, value: ValueId): boolean {
  const inst = use.frame.inst(value);
  const name = inst.op === 'member' || inst.op === 'import' ? inst.name : '';
  return /TLS/.test(name) || /TLS/.test(textOf(use, value) ?? '');
}

/** Whether the log-in sends no password, as with NTLM and SASL. */
function isOtherLogin(use: Use, value: ValueId | undefined): boolean {
  if (value === undefined) return false;
  const inst = use.frame.inst(value);
  return !(inst.op === 'import' || inst.op === 'member') || inst.name !== 'SIMPLE';
}

function ofXmlRpc(use: Use, call: Call): Found | undefined {
  const url = textOf(use, argumentId(use, call, 0, 'uri'));
  if (url === undefined || !/^http:\/\/[^/@]*@/i.test(url) || isNear(url)) return undefined;
  return { message: 'The password in the URL is sent without TLS.', confidence: 'high' };
}
