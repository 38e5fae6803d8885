import type { Confidence } from '../../../finding/finding.ts';

/** The worst entry of a cipher list. */
export interface BadCiphers {
  readonly name: string;
  readonly confidence: Confidence;
}

/** No real list is longer. */
const maxLength = 4000;

const broken: ReadonlyMap<string, string> = new Map([
  ['RC4', 'RC4'],
  ['ARC4', 'RC4'],
  ['NULL', 'connections without encryption'],
  ['ENULL', 'connections without encryption'],
  ['ANULL', 'connections without a certificate'],
  ['ADH', 'connections without a certificate'],
  ['AECDH', 'connections without a certificate'],
  ['EXP', 'export ciphers'],
  ['EXPORT', 'export ciphers'],
  ['EXPORT40', 'export ciphers'],
  ['EXPORT56', 'export ciphers'],
  ['EXP1024', 'export ciphers'],
  ['DES', 'DES'],
  ['RC2', 'RC2'],
  ['LOW', 'short keys'],
  ['COMPLEMENTOFALL', 'connections without encryption'],
]);

/**
 * Returns the worst cipher that an OpenSSL list adds and doesn't remove again: `HIGH:RC4+RSA:!aNULL` -> `RC4`. Undefined if it
 * adds no bad cipher.
 */
export function badCiphers(list: string): BadCiphers | undefined {
  if (list.length > maxLength || !/^[\w!+\-@=:, ]+$/.test(list)) return undefined;
  const elements = list.split(/[:, ]+/).filter((element) => element !== '');
  const without = new Set(
    elements.flatMap((element) => (/^[!-]/.test(element) ? namesIn(element.slice(1)) : [])),
  );
  let found: BadCiphers | undefined;
  for (const element of elements) {
    if (/^[!+-]/.test(element)) continue;
    if (/^@SECLEVEL=[01]$/i.test(element) || /@SECLEVEL=[01]$/i.test(element)) {
      const confidence = element.endsWith('0') ? 'medium' : 'low';
      found = worse(found, { name: 'any version and any key size', confidence });
    }
    const names = namesIn(element.replace(/@.*$/, ''));
    if (names.some((name) => without.has(name))) continue;
    found = worse(found, ofNames(names, without));
  }
  return found;
}

/** The parts of `RC4-MD5`, `RSA+3DES` and `TLS_RSA_WITH_RC4_128_SHA`. */
function namesIn(element: string): readonly string[] {
  return element.toUpperCase().split(/[-+_]/);
}

function ofNames(names: readonly string[], without: ReadonlySet<string>): BadCiphers | undefined {
  if (names.includes('3DES') || names.includes('CBC3') || (names.includes('DES') && names.includes('EDE')))
    return { name: 'triple DES', confidence: 'low' };
  const bad = names.find((name) => broken.has(name));
  if (bad !== undefined) return { name: broken.get(bad) ?? bad, confidence: 'high' };
  const isAll = names.length === 1 && names[0] === 'ALL' && !without.has('ANULL') && !without.has('ADH');
  return isAll ? { name: 'connections without a certificate', confidence: 'medium' } : undefined;
}

const order: readonly Confidence[] = ['low', 'medium', 'high'];

function worse(a: BadCiphers | undefined, b: BadCiphers | undefined): BadCiphers | undefined {
  if (!a || !b) return a ?? b;
  return order.indexOf(b.confidence) > order.indexOf(a.confidence) ? b : a;
}
