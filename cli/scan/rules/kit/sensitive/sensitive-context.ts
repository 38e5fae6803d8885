import type { Linked } from '../../../callgraph/linked.ts';
import { instOf, type Place } from '../../../callgraph/query/made-by.ts';
import type { Call, Func, Inst, TypeName } from '../../../ir/ir.ts';
import { haveWord, wordsOf } from '../../../ir/query/words.ts';
import { makingVerbs, readingCalls } from '../value/harmless-call.ts';
import { fileName, namesAround } from '../value/names-of.ts';
import { sameInst } from '../value/same-value.ts';
import { speaksOfAccess } from '../web/access-context.ts';
import { type SensitiveName, sensitiveName } from './sensitive-name.ts';

/** A name, with the kind of sensitive value that it denotes and how certain that is. */
export type Named = SensitiveName & { readonly name: string };

/**
 * Returns a list with the one name that an instruction reads: that of a member, global, import, parameter or shared
 * variable, or a constant key. Empty if it reads none, or if the declared type of a parameter rules out a secret.
 */
export function ownNames(linked: Linked, id: number, func: Func, inst: Inst): readonly string[] {
  switch (inst.op) {
    case 'member':
    case 'global':
      return [inst.name];
    case 'import':
      return inst.name === '*' || inst.name === 'default' ? [] : [inst.name];
    case 'param': {
      const param = func.params[inst.index];
      return !param || isTold(param.type) ? [] : [param.name];
    }
    case 'cell-load':
      return [cellName(linked, id, inst.cell)];
    case 'index': {
      const key = textAt(linked, id, inst.key);
      return key === undefined ? [] : [key];
    }
    default:
      return [];
  }
}

/**
 * Whether the declared type of a value shows that the value cannot be a readable secret: a number, a boolean, a text that
 * masks itself (`SecretStr`), or a token of a parser.
 */
export function isTold(type: TypeName | undefined): boolean {
  const name =
    type === undefined ? '' : 'name' in type ? type.name : 'path' in type ? (type.path.at(-1) ?? '') : '';
  return /^(number|int|float|bool|boolean|bigint|SecretStr|SecretBytes|Secret|Token|\w+Token)$/.test(name);
}

/** The last name in a callee, or the module for a default import. Empty if there is none. */
export function nameOfCalled(linked: Linked, func: number, callee: Inst | undefined): string {
  if (callee?.op === 'member' || callee?.op === 'global') return callee.name;
  if (callee?.op === 'import')
    return callee.name === 'default' || callee.name === '*'
      ? (callee.specifier.split('/').pop() ?? '')
      : callee.name;
  return callee?.op === 'cell-load' ? cellName(linked, func, callee.cell) : '';
}

/** Names of objects whose entries are labels or symbols (of a user interface, a parser, a data model), and not secret values. */
const speaking =
  /^(error|err|label|field|type|kind|message|msg|string|text|locale|translation|schema|rule|touched|validator|validation|column|style|class|icon|route|url|path|flag|status|regex|pattern|limit|grammar|action|enum|permission|scope|feature|ref|element|control|constant|lexer|parser|node|ast|syntax|dirty|placeholder|t|i|attr|prop|i18n|l10n|intl|el|elem|element|button|map)(s|es)?$/;

/** Names of objects in which even an ambiguous name denotes a secret: `body.pass`, `headers.token`. */
const carrying =
  /^(body|form|auth|credentials?|creds|config|settings|env|environ|smtp|db|database|query|headers?|cookies|session|user|account|login|args|data|payload|json|options|opts|req|request|response|res|result|oauth|state)$/i;

/** Names of objects in which `pass` and `tokens` are credentials, and not numbers. */
const signingIn =
  /^(body|form|auth|credentials?|creds|config|settings|env|environ|smtp|db|database|query|headers?|cookies|session|user|account|login|oauth)$/i;

/** Names of functions that give tokens to a user who signed in. */
const granting =
  /(get|exchange|refresh|fetch|request|issue)_?(\w*_)?tokens?$|login|authenticate|sign_?in|callback/i;

/** Names of objects in which `credentials` is a mode or a path. */
const modes = /(^|[a-z_])(options|opts|init|cors|arg|args|config|request|fetch|params)$/i;

/**
 * The kind of secret that a name denotes in its context. An ambiguous name (`token`, `pass`) is `likely` only in an object that
 * usually holds secrets, or in code about authentication. Undefined if the name denotes no secret.
 */
export function nameInContext(linked: Linked, place: Place, inst: Inst, name: string): Named | undefined {
  const it = sensitiveName(name);
  if (!it) return undefined;
  const object =
    inst.op === 'member' || inst.op === 'index' ? objectName(linked, place.func, inst.object) : '';
  const isOwn = inst.op === 'member' ? inst.name === name : inst.op === 'index';
  if (object !== '' && isOwn) {
    if (speaking.test(wordsOf(object).at(-1) ?? '') || speaking.test(object.toLowerCase())) return undefined;
    // `User.password` is a column, `TokenKind.Password` a name; `Config.API_KEY` is a value.
    if (/^[A-Z][a-z]/.test(object) && !/^[A-Z][A-Z\d_]+$/.test(name) && !/^Process|Env/.test(object))
      return { ...it, sure: 'weak', name };
  }
  if (isOwn && /^credentials?$/i.test(name) && modes.test(object)) return { ...it, sure: 'weak', name };
  if (name === 'credentials' && isAboutPolicy(linked, place.func)) return { ...it, sure: 'weak', name };
  if (it.sure !== 'weak') return { ...it, name };
  return mayBe(linked, place, inst, it, name, object) ? { ...it, sure: 'likely', name } : { ...it, name };
}

const policies = new Set(['enforce', 'enforcer', 'policy', 'rbac']);

/** Whether a function is about access policies. Its `credentials` are the requester and the roles, and no secrets. */
function isAboutPolicy(linked: Linked, func: number): boolean {
  return haveWord([...namesAround(linked, func), fileName(linked, func)], policies);
}

const locks = new Set('lock locks locker unlock locking mutex semaphore lease leases webdav dav'.split(' '));

/** Whether a token tells who holds a lock or a lease. It is no credential, and WebDAV shows it to everyone. */
function isOfLock(linked: Linked, func: number, object: string): boolean {
  return haveWord([object, ...namesAround(linked, func), fileName(linked, func)], locks);
}

/** Whether the context of an ambiguous name suggests a secret. */
function mayBe(
  linked: Linked,
  place: Place,
  inst: Inst,
  { kind }: SensitiveName,
  name: string,
  object: string,
): boolean {
  // `for token in doc`
  if (inst.op === 'element') return false;
  if (kind === 'key') return signingIn.test(object);
  if (kind === 'token' && isOfLock(linked, place.func, object)) return false;
  if (name.toLowerCase() === 'pwd') return signingIn.test(object);
  if (object !== '' && /pass$|tokens$/i.test(name)) return signingIn.test(object) || granting.test(object);
  return carrying.test(object) || speaksOfAccess(linked, place.func);
}

/**
 * Returns the sensitive value that a call, or a read of a member or of the environment, results in. Undefined if the result
 * isn't sensitive.
 */
export function readName(linked: Linked, place: Place, inst: Inst): Named | undefined {
  if (inst.op === 'call') return calledName(linked, place, inst);
  if (isEnvironment(linked, place, inst))
    return { kind: 'environment', sure: 'certain', name: 'environment' };
  if (inst.op !== 'member') return undefined;
  if (inst.name === 'headers' || inst.name === 'body') {
    const object = objectName(linked, place.func, inst.object);
    return /^(req|request)$/.test(object) ? { kind: 'request', sure: 'weak', name: inst.name } : undefined;
  }
  // `passwordInput.value`, `document.getElementById('password').value`
  if (inst.name === 'value' || inst.name === 'current') return ofInput(linked, place.func, inst.object);
  return undefined;
}

const inputName = /pass ?(word|wd|phrase)|pwd|card ?number|cvv|ssn|api[-_ ]?key/i;

function ofInput(linked: Linked, func: number, object: number): Named | undefined {
  const inst = instOf(linked, { func, value: object });
  const name =
    inst?.op === 'call'
      ? (textAt(linked, func, inst.args[0]) ?? '')
      : inst?.op === 'member' && inst.name === 'current'
        ? objectName(linked, func, inst.object)
        : objectName(linked, func, object);
  const word = inputName.exec(name)?.[0];
  return word === undefined || /error|label|valid|length|strength/i.test(name)
    ? undefined
    : {
        kind: /card|cvv/i.test(word)
          ? 'card number'
          : /ssn/i.test(word)
            ? 'social security number'
            : /key/i.test(word)
              ? 'key'
              : 'password',
        sure: 'certain',
        name,
      };
}

function calledName(linked: Linked, place: Place, call: Call): Named | undefined {
  const callee = instOf(linked, { func: place.func, value: call.callee });
  const name = nameOfCalled(linked, place.func, callee);
  if (name === 'getpass' || name === 'get_secret_value' || name === 'getPassword')
    return { kind: 'password', sure: 'certain', name };
  if (readingCalls.test(name)) {
    const key = textAt(linked, place.func, call.args[0]);
    const it = key === undefined ? undefined : sensitiveName(key.split(/[.:/]/).pop() ?? '');
    return it && { ...it, sure: it.sure === 'weak' ? 'likely' : it.sure, name: key ?? '' };
  }
  if (/^(prompt|input|ask|question)$/.test(name)) {
    const text = textAt(linked, place.func, call.args[0]) ?? '';
    return /pass(word|phrase)\W*$/i.test(text)
      ? { kind: 'password', sure: 'likely', name: 'password' }
      : undefined;
  }
  if (
    linked
      .states(place.func, call.callee)
      .some(({ type }) => type === 'use.JwtSign' || type === 'use.JwtEncode')
  )
    return /^(sign|signAsync|encode)$/.test(name)
      ? { kind: 'token', sure: 'likely', name: 'token' }
      : undefined;
  const made = name.replace(makingVerbs, '');
  const it = made === name ? undefined : sensitiveName(made);
  // The analysis also enters the program's own functions, so here the name counts less: it may promise more than it returns.
  return it && it.sure === 'certain' && !/(From|By|For|With|_from|_by|_for)/.test(made)
    ? { ...it, sure: 'likely', name }
    : undefined;
}

/** Whether an instruction reads all variables of the environment: `process.env`, `os.environ`. */
function isEnvironment(linked: Linked, { func }: Place, inst: Inst): boolean {
  if (inst.op === 'import')
    return (
      (inst.name === 'environ' && inst.specifier === 'os') ||
      (inst.name === 'env' && /^(node:)?process$/.test(inst.specifier))
    );
  if (inst.op !== 'member' || (inst.name !== 'env' && inst.name !== 'environ')) return false;
  const object = instOf(linked, { func, value: inst.object });
  if (object?.op === 'global') return object.name === 'process';
  const origin = object?.op === 'cell-load' ? undefined : object;
  return origin?.op === 'import' && /^(node:)?(process|os)$/.test(origin.specifier);
}

/** The last name in the expression for an object: `session` for `req.session`. Empty if there is none. */
export function objectName(linked: Linked, func: number, value: number): string {
  const info = linked.program.functions[func];
  const inst = sameInst(info?.func, value);
  switch (inst?.op) {
    case 'member':
    case 'global':
      return inst.name;
    case 'import':
      return inst.name === '*' || inst.name === 'default' ? inst.specifier : inst.name;
    case 'cell-load':
      return cellName(linked, func, inst.cell);
    case 'param':
      return info?.func.params[inst.index]?.name ?? '';
    case 'call':
      return nameOfCalled(linked, func, instOf(linked, { func, value: inst.callee }));
    case 'index':
      return textAt(linked, func, inst.key) ?? '';
    default:
      return '';
  }
}

function textAt(linked: Linked, func: number, value: number | undefined): string | undefined {
  const inst = value === undefined ? undefined : instOf(linked, { func, value });
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}

function cellName(linked: Linked, func: number, cell: number): string {
  return linked.program.modules[linked.program.functions[func]?.module ?? 0]?.cells[cell]?.name ?? '';
}
