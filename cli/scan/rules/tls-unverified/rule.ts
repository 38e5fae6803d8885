/**
 * Finds connections that do not verify the certificate or the host key: `verify=False`, `rejectUnauthorized: false`,
 * `CERT_NONE`, `NODE_TLS_REJECT_UNAUTHORIZED=0`, paramiko's `AutoAddPolicy`.
 *
 * ## Why
 * Anyone on the network path can then impersonate the server, and read and change everything.
 *
 * ## Bad
 * ```python
 * import requests
 *
 * requests.get(url, verify=False)
 * ```
 * ```typescript
 * new https.Agent({ rejectUnauthorized: false });
 * ```
 *
 * ## Good
 * ```python
 * requests.get(url, verify="/etc/ssl/own-authority.pem")
 * ```
 * ```typescript
 * new https.Agent({ ca: readFileSync('own-authority.pem') });
 * ```
 *
 * ## When not to use it
 * A library that leaves the choice to its callers is not reported where a condition on their option guards it.
 */

import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { Call, Constant, ValueId } from '../../ir/ir.ts';
import { wordsOf } from '../../ir/query/words.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { type Setting, settingInstructions, settingsOf } from '../kit/settings.ts';
import { argumentId, calleeName, given, isA, isConst, isNamed, known, type Use } from '../kit/use.ts';
import { conditionNames } from '../kit/value/condition-names.ts';
import { namesOf } from '../kit/value/names-of.ts';

export const rule: UseRule = Object.freeze({
  id: 'tls/unverified',
  title: 'Certificate or host key verification disabled',
  severity: 'high',
  cwe: [295],
  owasp: 'A07:2025 Authentication Failures',
  advice:
    'Keep verification on. For a private certificate authority, pass its certificate as `ca`. For SSH, compare the host key with a known one.',
  pythonAdvice:
    'Keep verification on. For a private certificate authority, pass its file: `verify="ca.pem"`, or `ssl.create_default_context(cafile="ca.pem")`.',
  on: [...settingInstructions, 'const'],
  names:
    /verif|ssl|tls|cert|validate|rejectUnauthorized|checkServerIdentity|check_hostname|_https_(context|errors)|set_missing_host_key_policy/i,
  modelled:
    /^use\.(UnverifiedContext|Request|Httpx|HttpxClient|Boto|Aiohttp|Urllib3|WrapSocket)$|^aiohttp\.ClientSession$/,
  texts: /[?&]ssl_cert_reqs=/i,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  const found =
    inst.op === 'const'
      ? ofText(inst.value)
      : ((inst.op === 'call' ? byHost(use.language, calls)?.(use, inst) : undefined) ?? ofSettings(use));
  if (!found) return undefined;
  return inTests(use) || isAsked(use) ? { ...found, confidence: 'low' } : found;
}

const message = "The peer's certificate is not verified.";
const certain: UseReport = { message, confidence: 'high' };
const identity: UseReport = {
  message: 'The host name is not checked against the certificate.',
  confidence: 'high',
};

/** `rediss://host/0?ssl_cert_reqs=none`, which redis-py and Celery read. */
function ofText(text: Constant): UseReport | undefined {
  return typeof text === 'string' && /[?&]ssl_cert_reqs=(CERT_)?none\b/i.test(text) ? certain : undefined;
}

/** Whether a condition on such an option guards the code. */
function isAsked({ frame, value }: Use): boolean {
  const words = [...conditionNames(frame, value)].flatMap((name) => wordsOf(name));
  return words.some((word) => askingWords.has(word));
}

const askingWords = new Set(
  `verify verified verification insecure unsafe strict cert certs ssl tls validate validation reject unauthorized trust
  debug assert fingerprint dev development check hostname selfsigned local localhost test reqs`.split(/\s+/),
);

const calls: ByHost<(use: Use, call: Call) => UseReport | undefined> = { python: ofPythonCall };

function ofPythonCall(use: Use, call: Call): UseReport | undefined {
  const { callee } = call;
  if (isA(use, callee, 'use.UnverifiedContext')) return certain;
  if (isA(use, callee, 'use.Request', 'use.Httpx', 'use.HttpxClient', 'use.Boto'))
    return isConst(given(use, call, -1, 'verify'), false) ? certain : undefined;
  if (isA(use, callee, 'use.Aiohttp', 'aiohttp.ClientSession')) {
    const isOff = ['ssl', 'verify_ssl'].some((name) => isConst(given(use, call, -1, name), false));
    return isOff ? certain : undefined;
  }
  if (isA(use, callee, 'use.Urllib3', 'use.WrapSocket')) {
    const at = argumentId(use, call, -1, 'cert_reqs');
    if (at === undefined) return undefined;
    return isA(use, at, 'use.CertNone') || isConst(known(use, at), 'CERT_NONE', 'NONE', 0)
      ? certain
      : undefined;
  }
  if (calleeName(use, call) === 'set_missing_host_key_policy') {
    const policy = call.args[0];
    const inst = policy === undefined ? undefined : use.frame.inst(policy);
    const isWeak =
      policy !== undefined &&
      (isA(use, policy, 'use.HostKeyPolicy') ||
        (inst?.op === 'call' && isA(use, inst.callee, 'use.HostKeyPolicy')) ||
        acceptsAll(use, policy));
    return isWeak ? { message: 'Any host key is accepted.', confidence: 'high' } : undefined;
  }
  return undefined;
}

/** Whether a policy of the project accepts every key: its method never raises. */
function acceptsAll({ frame }: Use, policy: ValueId): boolean {
  const { linked, id } = frame;
  return linked.instances(id, policy).some((owner) => {
    const method = linked.methodOf(owner, 'missing_host_key');
    const func = method === undefined ? undefined : linked.program.functions[method]?.func;
    // A method that calls something may refuse a key there.
    const isQuiet = func?.code.every(({ op }) => op === 'const' || op === 'param' || op === 'this');
    return isQuiet === true && func?.blocks.every(({ end }) => end.kind !== 'throw') === true;
  });
}

const settings: ByHost<typeof pythonSetting> = { javascript: javascriptSetting, python: pythonSetting };

function ofSettings(use: Use): UseReport | undefined {
  for (const setting of settingsOf(use)) {
    const found = byHost(use.language, settings)?.(use, setting);
    if (found) return setting.how === 'entry' ? { ...found, value: setting.value } : found;
  }
  return undefined;
}

function pythonSetting(use: Use, { name, value, how }: Setting): UseReport | undefined {
  const is = (...constants: readonly Constant[]): boolean => isConst(known(use, value), ...constants);
  if (name === 'PYTHONHTTPSVERIFY' && is('0')) return certain;
  if (how === 'keyword') {
    const isOff = (offKeywords.test(name) && is(false)) || (onKeywords.test(name) && is(true));
    if (
      isOff ||
      (/^(ssl_)?cert_reqs$|^validate$|^verify(_mode)?$/.test(name) && isNamed(use, value, 'use.CertNone'))
    )
      return { ...certain, confidence: 'medium' };
  }
  if (name === 'ssl_cert_reqs' && how !== 'member') return ofRedis(use, value);
  if (how !== 'member') return undefined;
  if (name === 'accept_insecure_certs' && is(true)) return { ...certain, confidence: 'medium' };
  if ((name === 'verify_mode' || name === 'check_hostname') && isServers(use)) return undefined;
  if (name === 'verify_mode') {
    if (!isA(use, value, 'use.CertNone') && !is(0)) return undefined;
    return isChosen(use, value) || isOwnContext(use) ? { ...certain, confidence: 'low' } : certain;
  }
  if (name === '_create_default_https_context' && isA(use, value, 'use.UnverifiedContext')) return certain;
  const { inst } = use;
  if (name === 'check_hostname' && is(false) && inst.op === 'store')
    return isContext(use, inst.object) && !setsNone(use) && !isRestored(use, name)
      ? { ...identity, confidence: 'medium' }
      : undefined;
  if (name === 'verify' && is(false) && inst.op === 'store')
    return isA(use, inst.object, 'requests.Session', 'httpx.Client') ? certain : undefined;
  return undefined;
}

/** For Redis clients, `None` and `'none'` mean `ssl.CERT_NONE`. For MongoDB's client, `None` is the default. */
function ofRedis(use: Use, value: ValueId): UseReport | undefined {
  const { inst } = use;
  const isOff =
    isNamed(use, value, 'use.CertNone') || isConst(known(use, value), null, 'none', 'CERT_NONE', 0);
  if (!isOff) return undefined;
  if (inst.op !== 'call') return certain;
  const isUsed = !isConst(given(use, inst, -1, 'ssl'), false);
  return isUsed && !/mongo/i.test(calleeName(use, inst)) ? certain : undefined;
}

/** Whether verification can be on or off: `{'none': CERT_NONE, 'required': CERT_REQUIRED}[mode]`. */
function isChosen(use: Use, value: ValueId): boolean {
  return isA(use, value, 'use.CertChecked');
}

/** Whether a class with the interface of the library's context only stores the setting in itself. */
function isOwnContext(use: Use): boolean {
  const { inst } = use;
  return (
    inst.op === 'store' &&
    use.frame.inst(contextOf(use, inst.object)).op === 'this' &&
    !isA(use, inst.object, 'ssl.SSLContext')
  );
}

/** Whether the context is a server's, which asks clients for no certificate: `create_default_context(Purpose.CLIENT_AUTH)`. */
function isServers(use: Use): boolean {
  const { frame, inst } = use;
  if (inst.op !== 'store') return false;
  const base = contextOf(use, inst.object);
  const made = frame.inst(frame.valueNumbers[base] ?? base);
  if (made.op !== 'call') return false;
  return made.args.some((arg) => {
    const given = frame.inst(frame.valueNumbers[arg] ?? arg);
    return (
      (given.op === 'member' || given.op === 'import') &&
      /^(CLIENT_AUTH|PROTOCOL_TLS_SERVER)$/.test(given.name)
    );
  });
}

/** Whether the function restores the previous value. In between, other code does the check. */
function isRestored({ frame }: Use, name: string): boolean {
  return frame.func.code.some((inst) => {
    if (inst.op !== 'store' || inst.name !== name) return false;
    const read = frame.inst(frame.valueNumbers[inst.value] ?? inst.value);
    return read.op === 'member' && read.name === name;
  });
}

/** Keyword arguments of many clients, whose names alone say what they switch. */
const offKeywords =
  /^(verify_ssl|verify_certs?|ssl_verify(_cert)?|validate_certs?|check_certificate|ssl_check_hostname)$/;
const onKeywords =
  /^(tlsAllowInvalidCertificates|tlsInsecure|disable_ssl_certificate_validation|trust_server_certificate|ssl_insecure|ignore_https_errors)$/;

function isContext(use: Use, object: ValueId): boolean {
  const { frame } = use;
  const base = contextOf(use, object);
  if (frame.inst(base).op === 'this') return false;
  const names = [...namesOf(frame.linked, { func: frame.id, value: base })];
  return isA(use, base, 'ssl.SSLContext') || names.some((name) => /context|ctx|^ssl/i.test(name));
}

/** The context before anything was stored in it. */
function contextOf({ frame }: Use, object: ValueId): ValueId {
  let base = object;
  for (let inst = frame.inst(base); inst.op === 'store' || inst.op === 'effect'; inst = frame.inst(base))
    base = inst.op === 'store' ? inst.object : inst.value;
  return base;
}

/** Whether the function also switches certificate verification off, which is reported there. */
function setsNone(use: Use): boolean {
  return use.frame.func.code.some(
    (inst) => inst.op === 'store' && inst.name === 'verify_mode' && isA(use, inst.value, 'use.CertNone'),
  );
}

function javascriptSetting(use: Use, { name, value, how }: Setting): UseReport | undefined {
  const is = (...constants: readonly Constant[]): boolean => isConst(known(use, value), ...constants);
  switch (name) {
    case 'NODE_TLS_REJECT_UNAUTHORIZED':
      return is('0', 0) ? certain : undefined;
    case 'rejectUnauthorized':
      return is(false, 0) ? certain : undefined;
    case 'strictSSL':
    case 'sslValidate':
    case 'tlsAllowInvalidCertificates':
    case 'tlsInsecure':
      return is(name.startsWith('tls')) ? { ...certain, confidence: 'medium' } : undefined;
    case 'trustServerCertificate':
      return is(true) ? { ...certain, confidence: 'medium' } : undefined;
    case 'tlsAllowInvalidHostnames':
      return is(true) ? identity : undefined;
    case 'checkServerIdentity':
    case 'hostVerifier':
      return how !== 'variable' && isEmptyFunction(use, value) ? identity : undefined;
    default:
      return undefined;
  }
}

/** Whether a function only returns `undefined`, `null` or `true`. */
function isEmptyFunction(use: Use, value: number): boolean {
  const { linked, id: here } = use.frame;
  if (instOf(linked, madeBy(linked, { func: here, value }))?.op !== 'func') return false;
  const functions = linked.functions(here, value);
  return (
    functions.length > 0 &&
    functions.every((id) => {
      const func = use.frame.linked.program.functions[id]?.func;
      return (
        func?.blocks.every((block) => block.end.kind !== 'throw') &&
        func.code.every(
          (inst) =>
            inst.op === 'param' ||
            (inst.op === 'const' && (inst.value === undefined || inst.value === null || inst.value === true)),
        )
      );
    })
  );
}
