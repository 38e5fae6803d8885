import { onlyConst } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import type { UseReport } from '../kit/rule.ts';
import { argumentId, isA, known, type Use } from '../kit/use.ts';
import { hasImport } from '../kit/value/imports-of.ts';
import { emptyPassword } from './password-way.ts';

/** Methods of python-ldap, which send an empty password. ldap3 raises an exception for one. */
const pythonBinds = /^(?:simple_bind|simple_bind_s|bind|bind_s)$/;

/**
 * Reports a log-in by an LDAP bind whose password may be empty. An LDAP server accepts an empty password for any name (RFC
 * 4513, 5.1.2).
 */
export function ofBind(use: Use, call: Call): UseReport | undefined {
  const password = byHost(use.language, passwords)?.(use, call);
  if (password === undefined) return undefined;
  const only = onlyConst(known(use, password));
  if (only) return only.value === '' && isNamedBind(use, call) ? constant : undefined;
  const found = emptyPassword(use, password);
  if (found === 'none') return undefined;
  return { message, confidence: found === 'sent' ? 'medium' : 'low' };
}

const message = 'The LDAP server accepts an empty password for any name, and no check refuses it first.';
const constant: UseReport = {
  message: 'The LDAP bind has a name and an empty password, so it always succeeds and proves nothing.',
  confidence: 'medium',
};

const passwords: ByHost<(use: Use, call: Call) => ValueId | undefined> = {
  javascript: ofLdapjs,
  python: ofPythonLdap,
};

function ofLdapjs(use: Use, call: Call): ValueId | undefined {
  const callee = use.frame.inst(call.callee);
  if (callee.op !== 'member' || callee.name !== 'bind') return undefined;
  return isA(use, callee.object, 'ldap.Client') ? call.args[1] : undefined;
}

function ofPythonLdap(use: Use, call: Call): ValueId | undefined {
  const callee = use.frame.inst(call.callee);
  if (callee.op !== 'member' || !pythonBinds.test(callee.name)) return undefined;
  const isDirectory =
    isA(use, callee.object, 'ldap.LDAPObject') ||
    (callee.name.startsWith('simple_') && hasImport(use.frame.linked, pythonModule));
  return isDirectory ? argumentId(use, call, 1, 'cred') : undefined;
}

const pythonModule = /^ldap(?:\.|$)/;

/** A bind without a name is explicitly anonymous. */
function isNamedBind(use: Use, call: Call): boolean {
  const name = argumentId(use, call, 0, 'who');
  return name !== undefined && onlyConst(known(use, name))?.value !== '';
}
