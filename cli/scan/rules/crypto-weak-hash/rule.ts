/**
 * Finds MD5, SHA-1 and older hash functions where security depends on them: signatures and MACs, a key hashed together
 * with a message, tokens, certificates, and hashes of untrusted input.
 *
 * ## Why
 * Two inputs with the same MD5 or SHA-1 hash can be made in little time, and a signature of one is valid for the
 * other. Anyone who has the hash of a key and a message can also append to the message without the key (length
 * extension).
 *
 * ## Bad
 * ```python
 * import hashlib
 *
 * signature = hashlib.md5(key + path).hexdigest()
 * ```
 * ```typescript
 * import { createHash } from 'node:crypto';
 *
 * const signature = createHash('md5').update(secret + payload).digest('hex');
 * ```
 *
 * ## Good
 * ```python
 * signature = hmac.new(key, path, hashlib.sha256).hexdigest()
 * ```
 * ```typescript
 * const signature = createHmac('sha256', secret).update(payload).digest('hex');
 * ```
 *
 * ## When not to use it
 * Checksums, ETags, cache keys and protocols that require SHA-1 (WebSocket, Git, HTTP Digest) are not reported, nor is
 * `usedforsecurity=False`. A hash whose purpose is unclear has low confidence.
 */

import { usersOf } from '../../ir/query/users.ts';
import { haveWord, wordsOf } from '../../ir/query/words.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { isPasswordName } from '../kit/sensitive/password-name.ts';
import { isProtocol } from '../kit/sensitive/protocol-words.ts';
import { secretKind } from '../kit/sensitive/secret-text.ts';
import { isStretched } from '../kit/sensitive/stretched-hash.ts';
import { calleeName, isA, isNamed, type Use } from '../kit/use.ts';
import { namesInto } from '../kit/value/names-into.ts';
import { contextNames, fileName, namesAround, namesOf } from '../kit/value/names-of.ts';
import { textParts } from '../kit/value/text-parts.ts';
import { hashCallOf, type Input, inputNames, isChosenByOthers } from '../kit/web/hash-call.ts';
import { warnsOfItself } from '../kit/web/warns-of-itself.ts';

export const rule: UseRule = Object.freeze({
  id: 'crypto/weak-hash',
  title: 'Weak hash function',
  severity: 'medium',
  cwe: [328, 327],
  owasp: 'A04:2025 Cryptographic Failures',
  advice: 'Use `createHash("sha256")` or better, and `createHmac` with a key for signatures.',
  pythonAdvice:
    'Use `hashlib.sha256` or better, and `hmac` with a key for signatures. For a mere checksum, pass `usedforsecurity=False`.',
  on: ['call'],
  modelled: /^use\.(HashObject|Hash|NamedHash|Digest|WeakHash|Md5|FastHash|Hmac|HmacNew|Sign)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { frame, inst, value } = use;
  if (inst.op !== 'call') return undefined;
  if (isNamed(use, inst.callee, 'use.HashObject')) return ofObject(use);
  const hash = hashCallOf(use);
  if (!hash?.isWeak) return undefined;
  const context = contextNames(frame.linked, frame.id);
  // A protocol prescribes its hash function, and HMAC does not depend on collision resistance.
  if (hash.kind === 'hmac' && isProtocol(context)) return undefined;
  if (hash.kind === 'hmac')
    return report('An HMAC uses a broken hash function.', hash.algorithm.includes('md') ? 'medium' : 'low');
  if (hash.kind === 'signature') return report('A signature relies on a broken hash function.', 'high');
  const { names, callees } = namesInto(frame.linked, { func: frame.id, value });
  const inputs = inputNames(use, hash.inputs);
  const around = [...namesAround(frame.linked, frame.id), fileName(frame.linked, frame.id)];
  const everything = [...names, ...callees, ...inputs, ...context];
  if (isProtocol(everything) || isAllRandom(use, hash.inputs)) return undefined;
  if (inTests(use)) return report(hint, 'low');
  if (haveWord([...names, ...callees], harmless)) return undefined;
  const own = around.slice(0, -1);
  const isSecret =
    haveWord([...names, ...inputs, ...(isIndexKey(use, names, hash.inputs) ? [] : own)], secret) ||
    [...names, ...own].some(isMac) ||
    isKeyed(use, hash.inputs);
  if (isSecret && !haveWord(around, harmless))
    return report(
      'A value that must not be forged relies on a hash function with known collisions.',
      // Another rule reports fast hashes of passwords.
      isStretched(use) ||
        warnsOfItself(frame.linked, frame.id) ||
        ([...inputs].some(isPasswordName) && !haveWord([...names, ...own], signing))
        ? 'low'
        : 'medium',
    );
  if (haveWord([...inputs, ...around], harmless)) return undefined;
  if (isChosenByOthers(use, hash.inputs))
    return report('Untrusted input is hashed with a function that has known collisions.', 'medium');
  return report(hint, 'low');
}

/**
 * Whether a hash is a lookup key: its name ends in `key`, and it is made of one existing value. A key of several parts, or of the
 * time, may be one that must not be guessed.
 */
function isIndexKey({ frame }: Use, names: ReadonlySet<string>, inputs: readonly Input[]): boolean {
  const isKey = [...names].some((name) => wordsOf(name).at(-1)?.endsWith('key'));
  if (!isKey || inputs.length !== 1) return false;
  const parts = inputs.flatMap(({ value }) => textParts(frame.func, value));
  const made = inputs.flatMap(({ value }) => [...namesOf(frame.linked, { func: frame.id, value })]);
  return parts.length === 1 && !haveWord(made, changing);
}

const changing = new Set(
  'time now random rand randint randrange uuid urandom date datetime timestamp counter'.split(' '),
);

/** Whether a name denotes a message authentication code (`link_mac`), rather than the address of a network card. */
function isMac(name: string): boolean {
  const words = wordsOf(name);
  return words.includes('mac') && !words.some((word) => otherMacs.has(word));
}

/** `sha1(os.urandom(64))`: nobody can choose or guess the hashed data. */
function isAllRandom(use: Use, inputs: readonly Input[]): boolean {
  return (
    inputs.length > 0 &&
    inputs.every(({ value }) => {
      const inst = use.frame.inst(value);
      return inst.op === 'call' && isA(use, inst.callee, 'use.SecureBytes');
    })
  );
}

/** Whether a key is hashed together with something else: `md5(signing_key + body)`. A bare `key` may be of any kind. */
function isKeyed({ frame }: Use, inputs: readonly Input[]): boolean {
  const parts = inputs.flatMap(({ value }) => textParts(frame.func, value));
  return (
    parts.length > 1 &&
    parts.some((value) =>
      [...namesOf(frame.linked, { func: frame.id, value })].some(
        (name) =>
          secretKind(name) === 'key' || /\b(merchant|webhook|secret) key$/.test(wordsOf(name).join(' ')),
      ),
    )
  );
}

const hint = 'This hash function has known collisions.';

/** `hashes.SHA1()` of cryptography: the call that receives it decides. */
function ofObject(use: Use): UseReport | undefined {
  const { frame, value } = use;
  if (isProtocol(contextNames(frame.linked, frame.id))) return report(hint, 'low');
  for (const user of usersOf(frame.func).of[value] ?? []) {
    const inst = frame.inst(user);
    if (inst.op !== 'call') continue;
    const name = calleeName(use, inst);
    if (/^(sign|verify|verify_directly_issued_by|Prehashed)$/.test(name))
      return report('A signature relies on a broken hash function.', 'high');
    if (/^(HMAC|OAEP|MGF1|TOTP|HOTP)$/.test(name)) return undefined;
    if (name === 'Hash') return report(hint, 'medium');
  }
  return report(hint, 'low');
}

function report(message: string, confidence: UseReport['confidence']): UseReport {
  return { message, confidence };
}

const secret = new Set(
  `sign signed signer signing signature sig token password passwd pwd secret credential auth authenticate authorization certificate
  trusted trust session hmac license licence apikey salt pepper csrf xsrf nonce otp`.split(/\s+/),
);
const signing = new Set('sign signed signer signing signature sig token session hmac csrf xsrf'.split(' '));
const otherMacs = new Set(
  'is os address addr vendor app bundle device machine ethernet interface lan wifi port'.split(' '),
);
/** Words for uses of a hash in which a collision does no harm. */
const harmless = new Set(
  `etag cache cached caching checksum bucket shard partition dedupe duplicate revision version gravatar avatar color
  colour filename content integrity sri asset assets bundle chunk hashring ring memo memoize lookup index slug
  fingerprinting git blob tree commit torrent exif thumbnail`.split(/\s+/),
);
