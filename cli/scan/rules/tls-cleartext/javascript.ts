import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { given, isA, isConst, isWhole, known, option, type Use } from '../kit/use.ts';
import { entryOf } from '../kit/value/entry-of.ts';
import { makersOf } from '../kit/value/made-with.ts';
import { isScript } from '../kit/web/is-script.ts';
import type { Found } from './found.ts';
import { isUpgraded } from './mentions.ts';
import { isNear } from './near.ts';
import { plainSnmp } from './snmp.ts';
import { plainTelnet } from './telnet.ts';
import { textAt, textOf } from './text-of.ts';

/** Finds calls that log in or load code with an unencrypted protocol. */
export function plainJavascript(use: Use, call: Call): Found | undefined {
  const { callee } = call;
  if (isA(use, callee, 'use.FtpConnect')) return ofFtp(use, call);
  if (isA(use, callee, 'use.FtpClass') && call.isNew) return ftpUnlessNear(use, call);
  if (isA(use, callee, 'use.TelnetConnect')) return plainTelnet(optionsText(use, call, 'host'));
  if (isA(use, callee, 'use.LdapBind')) return ofLdap(use, call);
  if (isA(use, callee, 'use.Mailer')) return ofMailer(use, call);
  if (isA(use, callee, 'use.FeedUrl')) return ofFeed(use, call);
  if (isScriptElement(use, callee)) return ofElement(use, call);
  return ofAttribute(use, call) ?? ofSnmp(use, call);
}

/** SNMP. net-snmp speaks version 1 by default. Version 3 has users, whose level says what is encrypted. */
function ofSnmp(use: Use, call: Call): Found | undefined {
  if (isA(use, call.callee, 'use.SnmpSession')) return plainSnmp(use, call);
  if (!isA(use, call.callee, 'use.SnmpSession3') || call.args[1] === undefined) return undefined;
  const level = entryOf(use.frame.linked, { func: use.frame.id, value: call.args[1] }, 'level');
  const inst = level && use.frame.linked.program.functions[level.func]?.func.code[level.value];
  if (inst?.op !== 'member' || !/^(noAuthNoPriv|authNoPriv)$/.test(inst.name)) return undefined;
  return isNear(textOf(use, call.args[0]))
    ? undefined
    : { message: 'SNMP without a privacy key can be read by anyone on the network.', confidence: 'medium' };
}

function optionsText(use: Use, call: Call, ...names: readonly string[]): string | undefined {
  const [first] = call.args;
  if (first === undefined) return undefined;
  return (
    textOf(use, first) ??
    textAt(use, entryOf(use.frame.linked, { func: use.frame.id, value: first }, ...names))
  );
}

function ftpUnlessNear(use: Use, call: Call): Found | undefined {
  if (isNear(optionsText(use, call, 'host'))) return undefined;
  return { message: 'FTP sends passwords and files in clear text.', confidence: 'high' };
}

function ofFtp(use: Use, call: Call): Found | undefined {
  const [options] = call.args;
  if (options === undefined) return ftpUnlessNear(use, call);
  const secure = option(known(use, options), 'secure');
  if (secure ? !isConst(secure, false, null, undefined) : !isWhole(use, options)) return undefined;
  return ftpUnlessNear(use, call);
}

function ofLdap(use: Use, call: Call): Found | undefined {
  const callee = use.frame.inst(call.callee);
  if (callee.op !== 'member' || call.args.length < 2 || isConst(given(use, call, 1), '')) return undefined;
  const makers = makersOf(use, callee.object);
  const urls = makers.map(({ func, call: maker }) =>
    textAt(
      use,
      entryOf(
        use.frame.linked,
        maker.args[0] === undefined ? undefined : { func, value: maker.args[0] },
        'url',
      ),
    ),
  );
  if (!urls.some((url) => /^ldap:\/\//i.test(url ?? '')) || urls.some(isNear)) return undefined;
  if (isUpgraded(use, makers, /^start_?tls$/i)) return undefined;
  return {
    message: 'A password is sent to a directory server before the connection is encrypted.',
    confidence: 'high',
  };
}

/** `secure: false` alone is common, since TLS can begin later. With `ignoreTLS`, it never does. */
function ofMailer(use: Use, call: Call): Found | undefined {
  const [options] = call.args;
  const it = options === undefined ? undefined : known(use, options);
  if (!isConst(option(it, 'ignoreTLS'), true) || isConst(option(it, 'secure'), true)) return undefined;
  if (isNear(constText(option(it, 'host')))) return undefined;
  return {
    message: 'Emails and the password of the mail server are sent without TLS.',
    confidence: option(it, 'auth') ? 'high' : 'medium',
  };
}

function ofFeed(use: Use, call: Call): Found | undefined {
  const url = optionsText(use, call, 'url');
  if (url === undefined || !/^http:\/\//i.test(url) || isNear(url)) return undefined;
  return { message: 'Updates of the program are downloaded without TLS.', confidence: 'high' };
}

const script = 'The page runs a script that is loaded without TLS.';

/** `script.setAttribute('src', 'http://...')`, and `<script src="http://...">` as the front end for templates lowers it. */
function ofAttribute(use: Use, call: Call): Found | undefined {
  const callee = use.frame.inst(call.callee);
  if (callee.op === 'global' && callee.name === 'bulwark:script')
    return isPlainUrl(use, call.args[0]) ? { message: script, confidence: 'high' } : undefined;
  if (callee.op !== 'member' || callee.name !== 'setAttribute') return undefined;
  if (constText(known(use, call.args[0] ?? -1)) !== 'src' || !isScript(use, callee.object)) return undefined;
  return isPlainUrl(use, call.args[1]) ? { message: script, confidence: 'high' } : undefined;
}

/** `<script src="http://..." />` in JSX */
function isScriptElement(use: Use, callee: ValueId): boolean {
  const inst = use.frame.inst(callee);
  return (inst.op === 'global' && inst.name === '<script>') || isA(use, callee, 'use.ScriptElement');
}

function ofElement(use: Use, call: Call): Found | undefined {
  const props = use.frame.inst(call.args[0] ?? -1);
  if (props.op !== 'object') return undefined;
  return isPlainUrl(use, props.values[props.keys.indexOf('src')])
    ? { message: script, confidence: 'high' }
    : undefined;
}

/** Finds a script that the page loads without TLS: `script.src = 'http://...'`. */
export function plainScript(use: Use, inst: Inst & { readonly op: 'store' }): Found | undefined {
  if (inst.name !== 'src' || !isScript(use, inst.object) || !isPlainUrl(use, inst.value)) return undefined;
  return { message: script, confidence: 'high' };
}

function isPlainUrl(use: Use, value: ValueId | undefined): boolean {
  const url = textOf(use, value);
  return url !== undefined && /^http:\/\/[^\0]/i.test(url) && !isNear(url);
}
