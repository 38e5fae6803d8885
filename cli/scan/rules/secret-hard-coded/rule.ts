/**
 * Finds passwords, keys and tokens in source code: by a telling name with a value that looks like a secret, by an
 * argument that takes a key, and by the format that a service gives its keys.
 *
 * ## Why
 * Anyone who sees the code, its history or its package has the secret. And you cannot change it without a new release.
 *
 * ## Bad
 * ```python
 * app.secret_key = "q8Zr2mV7xLp0TbN4wYc9"
 * ```
 * ```typescript
 * app.use(session({ secret: 'f3a9c1d47be84e0ba5726c9d18f0e6b2' }));
 * ```
 *
 * ## Good
 * ```python
 * app.secret_key = os.environ["SECRET_KEY"]
 * ```
 * ```typescript
 * app.use(session({ secret: required('SESSION_SECRET') }));
 * ```
 *
 * ## When not to use it
 * Placeholders, labels, names of variables and files, and test code are not reported. Suppress a key that may be
 * public, such as the key of a map in a browser, and give the reason.
 */

import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { localNames } from '../../ir/local-names.ts';
import { wordsOf } from '../../ir/query/words.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { comparedSecret } from '../kit/sensitive/compared-secret.ts';
import {
  isPlaceholder,
  isSecretOutright,
  looksMadeUp,
  looksSecret,
  mayBeSecret,
  passwordInUrl,
  secretKind,
  secretShape,
} from '../kit/sensitive/secret-text.ts';
import { objectName } from '../kit/sensitive/sensitive-context.ts';
import { settingInstructions, settingsOf } from '../kit/settings.ts';
import type { Use } from '../kit/use.ts';
import { isForDevelopment } from '../kit/web/development-settings.ts';
import { keyArgument } from './key-argument.ts';
import { signingKey } from './signing-key.ts';

export const rule: UseRule = Object.freeze({
  id: 'secret/hard-coded',
  title: 'Hard-coded secret',
  severity: 'high',
  cwe: [798, 259, 321],
  owasp: 'A07:2025 Authentication Failures',
  advice: 'Read it from `process.env` or a secret store, and rotate the one that was in the code.',
  pythonAdvice: 'Read it from `os.environ` or a secret store, and rotate the one that was in the code.',
  on: [...settingInstructions, 'const', 'binary'],
  operators: ['==', '!='],
  names: /pass|pwd|secret|token|key|^compare_digest$|^safe_str_cmp$/i,
  modelled: /^use\.(JwtEncode|JwtDecode|JwtSign|JwtVerify|HmacNew|Hmac|Cipher|Session)$/,
  texts: mayBeSecret,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = find(use);
  return found && inTests(use) ? { ...found, confidence: 'low' } : found;
}

function find(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op === 'const') {
    if (typeof inst.value !== 'string') return undefined;
    const shape = byShape(inst.value);
    if (shape) return shape;
  }
  const compared = comparedSecret(use);
  if (compared)
    return {
      message: `\`${short(compared.name)}\` is compared with a hard-coded string.`,
      confidence: compared.kind === 'password' ? 'high' : 'medium',
      value: compared.at,
    };
  if (inst.op === 'binary') return undefined;
  const byPlace = inst.op === 'call' ? ofCall(use, inst) : undefined;
  if (byPlace) return byPlace;
  const signing = signingKey(use);
  if (signing) return isForDevelopment(use) ? { ...signing, confidence: 'low' } : signing;
  const byName = ofNames(use);
  // A test key protects nothing. A string with the shape of a service's key is a real one even in tests.
  return byName && isForDevelopment(use) ? { ...byName, confidence: 'low' } : byName;
}

function ofNames(use: Use): UseReport | undefined {
  const own = localNames(use.frame.func, use.value);
  const settings = settingsOf(use);
  const named =
    own.length === 0 ? settings : [...own.map((name) => ({ name, value: use.value })), ...settings];
  for (const { name, value } of named) {
    const kind = secretKind(name);
    if (!kind) continue;
    for (const { text, at, isDefault } of literals(use, value)) {
      if (secretShape(text)) continue;
      const isMadeUp =
        isSecretOutright(name) && looksMadeUp(text, isDefault) && (isDefault || !sameWords(name, text));
      if (!looksSecret(text, kind)) {
        if (isMadeUp)
          return { message: `\`${short(name)}\` has a hard-coded value.`, confidence: 'medium', value: at };
        continue;
      }
      return {
        message: `\`${short(name)}\` has a hard-coded value.`,
        confidence: isDefault ? 'medium' : 'high',
        value: at,
      };
    }
  }
  return undefined;
}

/** `tokenSecret: 'token_secret'` names a field, and `SECRET_KEY = 'aws_secret_access_key'` an entry of a settings file. */
function sameWords(name: string, text: string): boolean {
  const words = wordsOf(name);
  const others = wordsOf(text);
  if (others.every((word) => words.includes(word))) return true;
  return isNameOfSecret(text) && words.length > 1 && words.every((word) => others.includes(word));
}

/** Whether a text is only lower-case words that name a secret. No made-up key looks like that. */
function isNameOfSecret(text: string): boolean {
  return (
    /^[a-z]+([-_][a-z]+)+$|^[A-Za-z]+$/.test(text) &&
    /(^|[-_])(key|id|token|secret)$|(Key|Id|Token|Secret)$/.test(text)
  );
}

function byShape(text: string): UseReport | undefined {
  const shape = secretShape(text);
  if (shape)
    return { message: `${shape.what} is hard-coded.`, confidence: shape.isCertain ? 'high' : 'medium' };
  return passwordInUrl(text) === undefined
    ? undefined
    : { message: 'A hard-coded URL contains a password.', confidence: 'high' };
}

interface Literal {
  readonly text: string;
  readonly at: ValueId;
  /** It is used only if nothing else is set: `process.env.SECRET || '...'`. */
  readonly isDefault: boolean;
}

/** The string literals directly at a value, and the defaults in it. */
function literals({ frame }: Use, value: ValueId): Literal[] {
  const inst = frame.inst(value);
  switch (inst.op) {
    case 'const':
      return typeof inst.value === 'string' ? [{ text: inst.value, at: value, isDefault: false }] : [];
    case 'phi':
      return inst.inputs.flatMap((input) => {
        const one = frame.inst(input);
        return one.op === 'const' && typeof one.value === 'string'
          ? [{ text: one.value, at: input, isDefault: true }]
          : [];
      });
    case 'typed':
      return frame.inst(inst.value).op === 'const' ? literals({ frame } as Use, inst.value) : [];
    case 'list':
      // `Env(SECRET_KEY=(str, "..."))` of django-environ: the type and the default.
      return inst.kind === 'tuple' &&
        inst.items.length === 2 &&
        frame.inst(inst.items[0] ?? -1).op === 'global'
        ? literals({ frame } as Use, inst.items[1] ?? -1).map((one) => ({ ...one, isDefault: true }))
        : [];
    case 'call': {
      // `os.environ.get("SECRET", "...")`, `"...".encode()`, `Buffer.from("...")`
      const callee = frame.inst(inst.callee);
      const name =
        callee.op === 'member' || callee.op === 'global' || callee.op === 'import' ? callee.name : '';
      const named = inst.names?.indexOf('default') ?? -1;
      const at = readsSetting({ frame } as Use, inst, name)
        ? inst.args[named >= 0 ? named : 1]
        : name === 'from'
          ? inst.args[0]
          : name === 'encode' && callee.op === 'member'
            ? callee.object
            : undefined;
      const one = at === undefined ? undefined : frame.inst(at);
      if (at === undefined || one?.op !== 'const' || typeof one.value !== 'string') return [];
      // `config.get("mail", "client_secret")` reads an entry of a file with sections.
      if (name === 'get' && isEntryOfSection({ frame } as Use, inst, one.value)) return [];
      return [{ text: one.value, at, isDefault: name !== 'from' && name !== 'encode' }];
    }
    default:
      return [];
  }
}

/**
 * Whether a call reads a setting, which may have a default: `os.getenv`, decouple's `config("KEY", default="...")`,
 * `env.str("KEY", "...")`.
 */
function readsSetting({ frame }: Use, call: Call, name: string): boolean {
  if (/^(get|getenv|env|config|setdefault)$/.test(name)) return true;
  const callee = frame.inst(call.callee);
  if (name !== '' && name !== 'str') return false;
  const reader = callee.op === 'member' ? callee.object : call.callee;
  return /^(?:env|environ|config)$/i.test(objectName(frame.linked, frame.id, reader));
}

/** Whether a text is the name of an entry, and the argument before it that of a section. */
function isEntryOfSection({ frame }: Use, call: Call, text: string): boolean {
  const section = frame.inst(call.args[0] ?? call.callee);
  return (
    section.op === 'const' &&
    secretKind(String(section.value)) === undefined &&
    secretKind(text) !== undefined &&
    /^[a-z]+(_[a-z]+)+$/.test(text)
  );
}

/** A literal as a key argument. Even a short one is a key that attackers can know. */
function ofCall(use: Use, call: Call): UseReport | undefined {
  const key = keyArgument(use, call);
  if (key === undefined) return undefined;
  const inst = use.frame.inst(key);
  if (inst.op === 'const') {
    if (
      typeof inst.value !== 'string' ||
      inst.value === '' ||
      /[<{]|^\$|\$\(|PRIVATE KEY|PUBLIC KEY|CERTIFICATE/.test(inst.value)
    )
      return undefined;
    return {
      message: 'The key is hard-coded.',
      confidence: isPlaceholder(inst.value) ? 'medium' : 'high',
      value: key,
    };
  }
  if (inst.op === 'phi' || (inst.op === 'call' && use.language.lookUpsTakeDefaults)) {
    const [fallback] = literals(use, key).filter(({ isDefault }) => isDefault);
    if (fallback && looksMadeUp(fallback.text, true))
      return {
        message: 'The fallback key is hard-coded.',
        confidence: 'medium',
        value: fallback.at,
      };
    return undefined;
  }
  // The key comes from a variable whose name doesn't say that it is one.
  const { linked, id } = use.frame;
  const place = madeBy(linked, { func: id, value: key });
  const made = instOf(linked, place);
  if (made?.op !== 'const' || typeof made.value !== 'string' || !canBeKey(made.value)) return undefined;
  const load =
    inst.op === 'cell-load'
      ? linked.program.modules[use.frame.info.module]?.cells[inst.cell]?.name
      : inst.op === 'import'
        ? inst.name
        : '';
  return isToldByName(load ?? '', made.value)
    ? undefined
    : { message: 'The key is hard-coded.', confidence: 'medium' };
}

/** Whether a text, passed as a key through a variable, can be one. Short texts and placeholders are keys, too. */
function canBeKey(text: string): boolean {
  return text.length >= 3 && !/[<{]|^\$|\$\(|PRIVATE KEY|PUBLIC KEY|CERTIFICATE/.test(text);
}

/** Whether a variable of this name is already reported where it is assigned. */
function isToldByName(name: string, text: string): boolean {
  const kind = secretKind(name);
  if (!kind) return false;
  return (
    looksSecret(text, kind) || (isSecretOutright(name) && looksMadeUp(text, false) && !sameWords(name, text))
  );
}

function short(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}...` : name;
}
