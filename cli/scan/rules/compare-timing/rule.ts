/**
 * Finds signatures, token hashes and keys that are compared with untrusted input by `==`, which stops at the first
 * character that differs.
 *
 * ## Why
 * An attacker who measures response times learns how many characters were right, and so finds the secret one character
 * at a time.
 *
 * ## Bad
 * ```python
 * import hashlib
 * import hmac
 *
 * def is_signed(body, signature, key):
 *     return hmac.new(key, body, hashlib.sha256).hexdigest() == signature
 * ```
 * ```typescript
 * import { createHmac } from 'node:crypto';
 *
 * export function isSigned(body: string, signature: string, key: string) {
 *   return createHmac('sha256', key).update(body).digest('hex') === signature;
 * }
 * ```
 *
 * ## Good
 * ```python
 * def is_signed(body, signature, key):
 *     return hmac.compare_digest(hmac.new(key, body, hashlib.sha256).hexdigest(), signature)
 * ```
 * ```typescript
 * import { createHmac, timingSafeEqual } from 'node:crypto';
 *
 * export function isSigned(body: string, signature: Buffer, key: string) {
 *   const own = createHmac('sha256', key).update(body).digest();
 *   return own.length === signature.length && timingSafeEqual(own, signature);
 * }
 * ```
 *
 * ## When not to use it
 * File checksums, ETags, and two fields of one request (a password and its confirmation) are not reported.
 */
import type { ValueId } from '../../ir/ir.ts';
import { inTests } from '../kit/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../kit/rule.ts';
import { comparedSecret } from '../kit/sensitive/compared-secret.ts';
import { sensitiveName } from '../kit/sensitive/sensitive-name.ts';
import type { Use } from '../kit/use.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { isSentByOthers } from '../kit/value/sent-by-others.ts';
import { type Compared, comparedAs, keysAs } from './compared.ts';

export const rule: UseRule = Object.freeze({
  id: 'compare/timing',
  title: 'Timing attack on a secret comparison',
  severity: 'low',
  cwe: [208],
  owasp: 'A04:2025 Cryptographic Failures',
  advice: 'Compare with `crypto.timingSafeEqual`.',
  pythonAdvice: {
    django: 'Compare with `django.utils.crypto.constant_time_compare`.',
    any: 'Compare with `hmac.compare_digest`.',
  },
  on: ['binary', 'call'],
  operators: ['==', '!=', 'in', 'not in'],
  names: /^(equals|__eq__|isEqual)$/,
  modelled: noState,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = writtenKey(use) ?? amongKeys(use) ?? twoSides(use);
  return found && inTests(use) ? { ...found, confidence: 'low' } : found;
}

/** A comparison of a sent value with a key that is a literal in the code. */
function writtenKey(use: Use): UseReport | undefined {
  if (use.inst.op !== 'binary' || !/^[!=]=$/.test(use.inst.operator)) return undefined;
  const compared = comparedSecret(use);
  return compared?.kind === 'key' && isSentByOthers(use.frame, compared.other)
    ? { message: messages.setting, confidence: 'medium' }
    : undefined;
}

/** `key in app.config["API_KEYS"]`: a list is compared key by key. A dictionary finds its keys by their hashes. */
function amongKeys(use: Use): UseReport | undefined {
  const { inst, frame } = use;
  if (!use.language.inFindsItems || inst.op !== 'binary' || !/^(not )?in$/.test(inst.operator))
    return undefined;
  const isOfKeys = keysAs(frame.linked, { func: frame.id, value: inst.right });
  return isOfKeys && isSentByOthers(frame, inst.left)
    ? { message: messages.setting, confidence: isOfKeys === 'list' ? 'medium' : 'low' }
    : undefined;
}

function twoSides(use: Use): UseReport | undefined {
  const sides = sidesOf(use);
  if (!sides) return undefined;
  const [left, right] = sides;
  if (isPlain(use, left) || isPlain(use, right)) return undefined;
  const { linked, id } = use.frame;
  const a = comparedAs(linked, { func: id, value: left });
  const b = comparedAs(linked, { func: id, value: right });
  // Both sides are secrets of the program, or neither is.
  if ((a === undefined) === (b === undefined)) return undefined;
  const confidence = confidenceOf(use, (a ?? b) as Compared, a ? right : left);
  return confidence && { message: messages[(a ?? b) as Compared], confidence };
}

const messages: Readonly<Record<Compared, string>> = {
  hmac: 'This comparison of a signature takes a time that depends on how much of it is right.',
  hash: 'This comparison of a token hash takes a time that depends on how much of it is right.',
  setting: 'This comparison of a configured key takes a time that depends on how much of it is right.',
  entry: 'This comparison of a stored password takes a time that depends on how much of it is right.',
};

function sidesOf({ frame, inst }: Use): readonly [ValueId, ValueId] | undefined {
  if (inst.op === 'binary')
    return inst.operator === '==' || inst.operator === '!=' ? [inst.left, inst.right] : undefined;
  if (inst.op !== 'call') return undefined;
  const callee = frame.inst(inst.callee);
  const [first, second] = inst.args;
  if (callee.op !== 'member' || first === undefined) return undefined;
  if (callee.name === 'equals') return second === undefined ? [callee.object, first] : [first, second];
  return callee.name === 'isEqual' && second !== undefined ? [first, second] : undefined;
}

/** Whether a value is a constant, a type, a boolean or a number. */
function isPlain({ frame }: Use, value: ValueId): boolean {
  const inst = frame.inst(value);
  const it = frame.values[value];
  return (
    inst.op === 'const' ||
    inst.op === 'unary' ||
    (it?.consts !== undefined && it.consts.length > 0) ||
    it?.shape === 'number' ||
    it?.shape === 'boolean'
  );
}

function confidenceOf(use: Use, what: Compared, other: ValueId): UseReport['confidence'] | undefined {
  const names = [...namesOf(use.frame.linked, { func: use.frame.id, value: other })];
  if (names.some((name) => /etag|checksum|integrity|sha\d*sum|cache|file_?hash|content_?hash/i.test(name)))
    return undefined;
  const isSent = isSentByOthers(use.frame, other);
  if (what === 'setting')
    return isSent || names.some((name) => isHeader.test(name))
      ? 'medium'
      : sentNames(names)
        ? 'low'
        : undefined;
  if (what === 'entry')
    return isSent && names.some((name) => isPassed.test(sensitiveName(name)?.kind ?? ''))
      ? 'medium'
      : undefined;
  if (isSent) return what === 'hmac' ? 'high' : 'medium';
  // A comparison with a stored fingerprint detects a change. Nobody guesses it.
  if (names.some((name) => isStored.test(name) || (what === 'hash' && /hash$/i.test(name)))) return 'low';
  return what === 'hmac' || sentNames(names) ? 'medium' : 'low';
}

/** The kinds of values that clients authenticate with. */
const isPassed = /^(password|token|key|secret)$/;

const isStored = /fingerprint|^(stored|cached|previous|prev|last|saved|existing|old)/i;

/** Names that only parts of a request have. */
const isHeader = /^(headers|META|authorization|x-[\w-]+)$/i;

function sentNames(names: readonly string[]): boolean {
  return names.some((name) =>
    /^(headers?|body|query|params|cookies?|args|form|authorization|req|request)$|signature|token|provided|received|given|supplied/i.test(
      name,
    ),
  );
}
