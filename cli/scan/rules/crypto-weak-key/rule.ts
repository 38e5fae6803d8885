/**
 * Finds keys that are too short: RSA, DSA and Diffie-Hellman keys below 2048 bits, elliptic curves below 224 bits.
 *
 * ## Why
 * 512-bit RSA is broken within hours, and 1024 bits are within the reach of a well-funded attacker. Whatever such a
 * key encrypted or signed is no longer protected.
 *
 * ## Bad
 * ```python
 * from cryptography.hazmat.primitives.asymmetric import rsa
 *
 * key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
 * ```
 * ```typescript
 * import { generateKeyPairSync } from 'node:crypto';
 *
 * generateKeyPairSync('rsa', { modulusLength: 1024 });
 * ```
 *
 * ## Good
 * ```python
 * from cryptography.hazmat.primitives.asymmetric import rsa
 *
 * key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
 * ```
 * ```typescript
 * import { generateKeyPairSync } from 'node:crypto';
 *
 * generateKeyPairSync('ed25519');
 * ```
 *
 * ## When not to use it
 * Short keys in tests, where speed counts, have low confidence.
 */

import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';
import { possibleConstants } from '../kit/value/possible-constants.ts';
import { isWeakCurve, isWeakGroup } from './curves.ts';
import { javascriptKey, type KeyMade } from './javascript-key.ts';
import { pythonKey } from './python-key.ts';

export const rule: UseRule = Object.freeze({
  id: 'crypto/weak-key',
  title: 'Insufficient key size',
  severity: 'high',
  cwe: [326],
  owasp: 'A04:2025 Cryptographic Failures',
  advice: 'Use RSA keys of at least 2048 bits, or P-256 or Ed25519.',
  pythonAdvice: 'Use RSA keys of at least 2048 bits, or P-256 or Ed25519.',
  on: ['call'],
  names: /^(generateKeyPair|generateKeyPairAsync|generateKey)$/,
  look,
} satisfies UseRule);

const keys: ByHost<typeof pythonKey> = { javascript: javascriptKey, python: pythonKey };

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op !== 'call') return undefined;
  const key = byHost(use.language, keys)?.(use, inst);
  const found = key && judge(use, key);
  return found && inTests(use) ? { ...found, confidence: 'low' } : found;
}

const leastBits = 2048;

function judge(use: Use, key: KeyMade): UseReport | undefined {
  if (key.isWeak) return { message: key.isWeak, confidence: 'high' };
  if (!key.size) return undefined;
  const { all, isIndirect } = possibleConstants(use, key.size);
  for (const one of all) {
    const what = key.kind === 'bits' ? ofBits(one) : key.kind === 'curve' ? ofCurve(one) : ofGroup(one);
    if (what !== undefined)
      return { message: what, confidence: isIndirect && all.size > 1 ? 'medium' : 'high' };
  }
  return undefined;
}

function ofBits(size: unknown): string | undefined {
  const bits = typeof size === 'string' ? Number(size) : size;
  // A smaller number is no size of a key, but an argument with another meaning.
  if (typeof bits !== 'number' || !(bits >= 64 && bits < leastBits)) return undefined;
  return `A key of ${bits} bits is too short.`;
}

function ofCurve(name: unknown): string | undefined {
  return typeof name === 'string' && isWeakCurve(name)
    ? `Keys on the curve \`${name}\` are too short.`
    : undefined;
}

function ofGroup(name: unknown): string | undefined {
  return typeof name === 'string' && isWeakGroup(name)
    ? `Keys of the group \`${name}\` are too short.`
    : undefined;
}
