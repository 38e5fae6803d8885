/**
 * Finds broken or outdated ciphers (DES, triple DES, RC2, RC4, Blowfish, CAST), ECB mode, hard-coded initialization
 * vectors, and `createCipher`, which derives the key and IV from a password alone.
 *
 * ## Why
 * DES keys can be brute-forced, RC4 leaks plaintext, ECB shows which blocks are equal, and with a constant IV equal
 * plaintexts give equal ciphertexts.
 *
 * ## Bad
 * ```python
 * from Crypto.Cipher import AES
 *
 * AES.new(key, AES.MODE_ECB).encrypt(block)
 * ```
 * ```typescript
 * import { createCipheriv } from 'node:crypto';
 *
 * createCipheriv('des-ede3-cbc', key, Buffer.alloc(8));
 * ```
 *
 * ## Good
 * ```python
 * cipher = AES.new(key, AES.MODE_GCM)
 * ```
 * ```typescript
 * const iv = randomBytes(12);
 * const cipher = createCipheriv('aes-256-gcm', key, iv);
 * ```
 *
 * ## When not to use it
 * If a third-party file format or device requires the old cipher. Suppress the finding with a comment that says so.
 */

import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, Func, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { argument, argumentId, isA, isConst, isNamed, known, option, type Use } from '../kit/use.ts';
import { fixedBytes } from '../kit/value/fixed-bytes.ts';

export const rule: UseRule = Object.freeze({
  id: 'crypto/weak-cipher',
  title: 'Weak cipher, mode or initialisation vector',
  severity: 'high',
  cwe: [327, 329],
  owasp: 'A04:2025 Cryptographic Failures',
  advice:
    'Use `createCipheriv("aes-256-gcm", key, randomBytes(12))`, with a fresh random nonce for each message.',
  pythonAdvice:
    'Use `AESGCM` or `ChaCha20Poly1305` of cryptography, with a fresh random nonce for each message.',
  on: ['call'],
  modelled:
    /^use\.(OldCipher|WeakCipher|WeakAlgorithm|EcbMode|Cipher|Decipher|ModeCipher|Subtle|Aead|Aes|IvMode)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op !== 'call') return undefined;
  const message = weakness(use, inst);
  return message === undefined ? undefined : { message, confidence: inTests(use) ? 'low' : 'high' };
}

function weakness(use: Use, call: Call): string | undefined {
  const { callee } = call;
  if (isA(use, callee, 'use.OldCipher')) return 'The key and IV are derived from a password without a salt.';
  if (isNamed(use, callee, 'use.WeakCipher', 'use.WeakAlgorithm')) return broken;
  if (isA(use, callee, 'use.EcbMode')) return ecb;
  if (isA(use, callee, 'use.Cipher', 'use.Decipher')) {
    const name = (constText(argument(use, call, 0)) ?? '').toLowerCase();
    if (/^(des|3des|rc2|rc4|arcfour|bf|blowfish|cast|idea|seed)/.test(name)) return broken;
    if (/-ecb$/.test(name)) return ecb;
    if (isA(use, callee, 'use.Cipher')) return vector(use, argumentId(use, call, 2));
  }
  if (isA(use, callee, 'use.ModeCipher')) {
    const options = call.args[2];
    if (options === undefined) return undefined;
    return isEcbOption(use, options) ? ecb : vector(use, entry(use, options, 'iv'));
  }
  if (isA(use, callee, 'use.Subtle') && call.args[0] !== undefined)
    return vector(use, entry(use, call.args[0], 'iv'));
  if (isA(use, callee, 'use.Aead')) return vector(use, argumentId(use, call, 0, 'nonce'));
  if (isA(use, callee, 'use.Aes')) {
    const mode = argumentId(use, call, 1, 'mode');
    if (mode !== undefined && (isA(use, mode, 'use.AesEcb') || isConst(known(use, mode), 1))) return ecb;
    const iv =
      argumentId(use, call, 2, 'iv') ?? argumentId(use, call, -1, 'IV') ?? argumentId(use, call, -1, 'nonce');
    return isEncrypting(use) ? vector(use, iv) : undefined;
  }
  if (isA(use, callee, 'use.IvMode')) {
    const iv = argumentId(use, call, 0, 'initialization_vector') ?? argumentId(use, call, -1, 'nonce');
    return isDecrypting(use) ? undefined : vector(use, iv);
  }
  return undefined;
}

const broken = 'The cipher is broken or outdated.';
const ecb = 'ECB mode shows which blocks of the plaintext are equal.';

function vector(use: Use, iv: ValueId | undefined): string | undefined {
  if (iv === undefined) return undefined;
  if (fixedBytes(use, iv)) return 'The initialisation vector is constant.';
  return isFixedInBranch(use, iv) ? 'The initialisation vector is constant in one branch.' : undefined;
}

/** `VECTOR if legacy else urandom(16)`. The default of a parameter does not count, as callers choose its value. */
function isFixedInBranch(use: Use, iv: ValueId): boolean {
  const inst = use.frame.inst(iv);
  if (inst.op !== 'phi' || inst.inputs.some((input) => use.frame.inst(input).op === 'param')) return false;
  return inst.inputs.some((input) => use.frame.values[input] !== undefined && fixedBytes(use, input));
}

function entry(use: Use, object: ValueId, name: string): ValueId | undefined {
  const inst = use.frame.inst(object);
  return inst.op === 'object' ? inst.values[inst.keys.indexOf(name)] : undefined;
}

function isEcbOption(use: Use, options: ValueId): boolean {
  const inst = use.frame.inst(options);
  if (inst.op !== 'object') return constText(option(known(use, options), 'mode')) === 'ECB';
  const mode = inst.values[inst.keys.indexOf('mode')];
  return mode !== undefined && isA(use, mode, 'use.Ecb');
}

/** `Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()`: the mode is only used to decrypt. */
function isDecrypting({ frame, value }: Use): boolean {
  const names = usersIn(frame.func, value).flatMap((user) =>
    frame.inst(user).op === 'call' ? membersOf(frame.func, user) : [],
  );
  return names.includes('decryptor') && !names.includes('encryptor');
}

/** Whether a cipher may encrypt. Decryption must use the vector of the encryption. */
function isEncrypting({ frame, value }: Use): boolean {
  return !membersOf(frame.func, value).includes('decrypt');
}

function membersOf(func: Func, value: ValueId): string[] {
  return usersIn(func, value).flatMap((user) => {
    const inst = func.code[user];
    return inst?.op === 'member' && inst.object === value ? [inst.name] : [];
  });
}

/** The maximum number of uses of a mode or cipher to check. They are few. */
const maxUsers = 40;

function usersIn(func: Func, value: ValueId): readonly ValueId[] {
  return (usersOf(func).of[value] ?? []).slice(0, maxUsers);
}
