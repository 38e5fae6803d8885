/**
 * Finds passwords that are hashed with a fast function (SHA-256, MD5), or with the right function but too low a cost:
 * bcrypt below 10 rounds, PBKDF2 below 100,000 iterations, scrypt below 2^14, Argon2 with little memory.
 *
 * ## Why
 * If the password hashes leak, a graphics card tries billions of passwords per second against a fast hash.
 *
 * ## Bad
 * ```python
 * import hashlib
 *
 * digest = hashlib.sha256(password.encode()).hexdigest()
 * ```
 * ```typescript
 * import { createHash } from 'node:crypto';
 *
 * const digest = createHash('sha256').update(salt + password).digest('hex');
 * ```
 *
 * ## Good
 * ```python
 * digest = bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=12))
 * ```
 * ```typescript
 * const digest = await bcrypt.hash(password, 12);
 * ```
 *
 * ## When not to use it
 * Protocols that require the hash (HTTP Digest, MySQL, PostgreSQL, lookups of leaked passwords) are not reported.
 */

import { constText } from '../../dataflow/domain/abstract.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { usersOf } from '../../ir/query/users.ts';
import { haveWord, wordsOf } from '../../ir/query/words.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { isPasswordName } from '../kit/sensitive/password-name.ts';
import { isProtocol } from '../kit/sensitive/protocol-words.ts';
import { nameOfCalled } from '../kit/sensitive/sensitive-context.ts';
import { isStretched } from '../kit/sensitive/stretched-hash.ts';
import { settingInstructions, settingsOf } from '../kit/settings.ts';
import { given, isA, known, mayBeSpread, type Use } from '../kit/use.ts';
import { namesInto } from '../kit/value/names-into.ts';
import { contextNames, namesAround, namesOf } from '../kit/value/names-of.ts';
import { type HashCall, hashCallOf, inputNames } from '../kit/web/hash-call.ts';
import { warnsOfItself } from '../kit/web/warns-of-itself.ts';
import { isOldCrypt } from './old-crypt.ts';
import { workOf } from './work-of.ts';

export const rule: UseRule = Object.freeze({
  id: 'crypto/password-storage',
  title: 'Weak password hashing',
  severity: 'high',
  cwe: [916, 759],
  owasp: 'A04:2025 Cryptographic Failures',
  advice:
    'Use `crypto.scrypt`, Argon2id, bcrypt with 12 rounds, or PBKDF2-HMAC-SHA-256 with 600,000 iterations.',
  pythonAdvice: {
    django: 'Use `django.contrib.auth.hashers.make_password`, or `user.set_password`.',
    any: 'Use argon2id (argon2-cffi), bcrypt with 12 rounds, `hashlib.scrypt`, or PBKDF2-HMAC-SHA-256 with 600,000 iterations.',
  },
  on: settingInstructions,
  names: /^PASSWORD_HASHERS$/,
  modelled:
    /^use\.(Hash|NamedHash|Digest|WeakHash|Md5|FastHash|Hmac|HmacNew|Sign|Bcrypt|BcryptSalt|Pbkdf2|Pbkdf2Object|Pbkdf2Crypto|Pbkdf2Cjs|Scrypt|Argon2|WeakPasswordHash|Crypt|CryptSalt|Werkzeug|CryptContext)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = use.inst.op === 'call' ? ofCall(use, use.inst) : undefined;
  const report = found ?? ofSettings(use);
  return report && inTests(use) ? { ...report, confidence: 'low' } : report;
}

function ofCall(use: Use, call: Call): UseReport | undefined {
  const { callee } = call;
  const hash = hashCallOf(use);
  if (hash?.kind === 'hash') return ofHash(use, hash);
  const work = workOf(use, call);
  if (work && work.most < work.atLeast && work.most > 0 && isAnswerUsed(use))
    return {
      message: `${work.what} of ${work.most} is too low for a password hash.`,
      confidence: work.isIndirect ? 'medium' : 'high',
    };
  if (isA(use, callee, 'use.Pbkdf2Crypto') && !given(use, call, 3, 'count') && !mayBeSpread(use, call))
    return {
      message: 'The default of 1,000 iterations is too low for a password hash.',
      confidence: 'medium',
    };
  if (isA(use, callee, 'use.WeakPasswordHash') || isOldCrypt(use, call))
    return {
      message: 'A password is hashed with a function that is fast to brute-force.',
      confidence: 'high',
    };
  if (isA(use, callee, 'use.Werkzeug')) return ofWerkzeug(constText(given(use, call, 1, 'method')));
  if (isA(use, callee, 'use.CryptContext')) {
    const first = given(use, call, 0, 'schemes')?.fields?.get('0');
    const scheme = constText(given(use, call, -1, 'default')) ?? constText(first) ?? '';
    if (/md5|sha1|des_crypt|plaintext|^hex_/.test(scheme))
      return {
        message: `New passwords are hashed with \`${scheme}\`, which is fast to brute-force.`,
        confidence: 'high',
      };
  }
  return undefined;
}

function ofHash(use: Use, { inputs, algorithm }: HashCall): UseReport | undefined {
  const { frame, value } = use;
  if (isHashedAgain(use) || isSlowItself(use)) return undefined;
  for (const input of inputs) {
    const names = namesOf(frame.linked, { func: frame.id, value: input.value });
    if (![...names].some(isPasswordName)) continue;
    const into = namesInto(frame.linked, { func: frame.id, value });
    const around = contextNames(frame.linked, frame.id);
    const all = [...inputNames(use, inputs), ...into.names, ...into.callees, ...around];
    // A protocol prescribes its hash, and the key of a cache stores no password.
    if (isProtocol(all) || all.some((name) => wordsOf(name).some((word) => word === 'cache')))
      return undefined;
    const message = 'A password is hashed with a function that is fast to brute-force.';
    const isGiven = isForOldHashes(use) || isOfFormat(use, around);
    return { message, confidence: isGiven ? 'low' : 'high', value: input.call };
  }
  if (inputs.length === 0) return undefined;
  const into = namesInto(frame.linked, { func: frame.id, value });
  const kept = [...into.names].find(
    (name) => isPasswordName(name) && !/^(hash|make|create|encode)/i.test(name),
  );
  const around = contextNames(frame.linked, frame.id);
  if (kept === undefined || isProtocol([...into.names, ...into.callees, ...around])) return undefined;
  // The algorithm is unknown and may be slow, or the function only serves old hashes.
  const isOpen = algorithm === '' || isForOldHashes(use);
  return {
    message: `\`${kept}\` is a hash that is fast to brute-force.`,
    confidence: isOpen ? 'low' : 'medium',
  };
}

/**
 * Whether the result of a call is used, or may be passed to a callback. A call with an unused result only tests whether the
 * function exists.
 */
function isAnswerUsed({ frame, value, language }: Use): boolean {
  const { of, returned } = usersOf(frame.func);
  const users = of[value] ?? [];
  return (
    language.callbacksTakeErrors ||
    returned.has(value) ||
    users.some((user) => frame.inst(user).op !== 'effect')
  );
}

/** Whether a slow hash follows the fast one. bcrypt reads only 72 bytes, so programs hash long passwords first. */
function isHashedAgain({ frame }: Use): boolean {
  return frame.func.code.some(
    (inst) =>
      inst.op === 'member' && /^(hashpw|pbkdf2|pbkdf2_hmac|pbkdf2Sync|scrypt|scryptSync)$/.test(inst.name),
  );
}

/** Whether this code implements PBKDF2, which also hashes a long password first. */
function isSlowItself({ frame }: Use): boolean {
  return haveWord(namesAround(frame.linked, frame.id), new Set(['pbkdf']));
}

/**
 * Whether a format prescribes how the key is derived: the function only decrypts, or it implements the encryption of PDF, whose
 * readers support nothing else.
 */
function isOfFormat({ frame }: Use, around: readonly string[]): boolean {
  if (around.some((name) => /pdf/i.test(name))) return true;
  const calls = (pattern: RegExp): boolean =>
    frame.func.code.some(
      (inst) =>
        (inst.op === 'member' || inst.op === 'import' || inst.op === 'cell-load') &&
        pattern.test(nameOfCalled(frame.linked, frame.id, inst)),
    );
  return calls(/^createDecipheriv$/) && !calls(/^createCipheriv$/);
}

/**
 * Whether the function probably supports an old format: it also uses a slow hash, it declares itself deprecated, or it hashes in
 * rounds, whose cost one call does not show.
 */
function isForOldHashes(use: Use): boolean {
  const { linked, id } = use.frame;
  return hasSlow(use.frame) || warnsOfItself(linked, id) || isStretched(use);
}

const hasSlow = memoized((frame: FunctionView) =>
  frame.func.code.some((inst) => inst.op === 'call' && isA({ frame }, inst.callee, ...slowFunctions)),
);

const slowFunctions = ['use.Argon2', 'use.Bcrypt', 'use.BcryptSalt', 'use.Scrypt', 'use.Pbkdf2'];

function ofWerkzeug(method: string | undefined): UseReport | undefined {
  const count = Number(/^pbkdf2:\w+:(\d+)$/.exec(method ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
  if (method === undefined || (/^(scrypt|pbkdf2|argon2)/.test(method) && count >= 100_000)) return undefined;
  return { message: `The method \`${method}\` is too weak for a password hash.`, confidence: 'high' };
}

/** Django hashes new passwords with the first of its hashers. */
function ofSettings(use: Use): UseReport | undefined {
  for (const { name, value } of settingsOf(use)) {
    if (name !== 'PASSWORD_HASHERS') continue;
    const first = constText(known(use, value)?.fields?.get('0')) ?? '';
    if (/\.(Unsalted)?(MD5|SHA1|Crypt)PasswordHasher$/.test(first))
      return {
        message: `New passwords are hashed with \`${first.split('.').pop()}\`, which is fast to brute-force.`,
        confidence: 'high',
        value,
      };
  }
  return undefined;
}
