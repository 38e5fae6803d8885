/**
 * Finds values that must not be guessable (tokens, passwords, session IDs, PINs, keys, one-time codes, invitation and
 * voucher codes) but come from a generator that is not cryptographically secure: `Math.random`, Python's `random`,
 * NumPy's generators, version 1 UUIDs. Also finds remainders of single random bytes (`randomBytes(1)[0] % 10`), where
 * some values are more likely than others.
 *
 * ## Why
 * An attacker who sees a few numbers of such a generator can calculate the next ones, and with them the next token.
 *
 * ## Bad
 * ```python
 * import random
 *
 * token = "".join(random.choice(LETTERS) for _ in range(32))
 * ```
 * ```typescript
 * user.resetToken = Math.random().toString(36).slice(2);
 * ```
 * ```typescript
 * import { randomBytes } from 'node:crypto';
 *
 * const password = Array.from(randomBytes(12), (byte) => 'abcdefghjkmnpqrstuvwxyz'[byte % 23]).join('');
 * ```
 *
 * ## Good
 * ```python
 * token = secrets.token_urlsafe(32)
 * ```
 * ```typescript
 * const token = randomBytes(32).toString('base64url');
 * ```
 * ```typescript
 * import { randomInt } from 'node:crypto';
 *
 * const password = Array.from({ length: 12 }, () => 'abcdefghjkmnpqrstuvwxyz'[randomInt(23)]).join('');
 * ```
 *
 * ## When not to use it
 * Games, samples, delays, numbers for display, public IDs and test code are not reported. The names that a value is
 * given show what it is for.
 */

import type { Linked } from '../../callgraph/linked.ts';
import type { ValueId } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { haveWord, type Secrecy, secrecyOf } from '../../ir/query/words.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { isA, type Use } from '../kit/use.ts';
import { namesInto } from '../kit/value/names-into.ts';
import { fileName, namesAround, namesOf } from '../kit/value/names-of.ts';
import { isBiased } from './biased.ts';

export const rule: UseRule = Object.freeze({
  id: 'crypto/weak-random',
  title: 'Insecure randomness',
  severity: 'high',
  cwe: [330, 338],
  owasp: 'A04:2025 Cryptographic Failures',
  advice:
    'Use `randomBytes`, `randomInt` or `randomUUID` of `node:crypto`, or `crypto.getRandomValues` in a browser.',
  pythonAdvice: 'Use the `secrets` module: `secrets.token_urlsafe()`, `secrets.choice()`.',
  on: ['call', 'binary'],
  operators: ['%'],
  modelled: /^use\.(WeakRandom)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op === 'binary') return ofRemainder(use);
  if (inst.op !== 'call' || !isA(use, inst.callee, 'use.WeakRandom')) return undefined;
  if (isFallback(use, inst.callee)) return undefined;
  const found = find(use);
  return found && inTests(use) ? { ...found, confidence: 'low' } : found;
}

/** An attacker who knows which characters are more frequent has fewer passwords to try. */
function ofRemainder(use: Use): UseReport | undefined {
  const bias = isBiased(use);
  if (!bias) return undefined;
  const isSecret = bias === 'certain' && !inTests(use) && find(use) !== undefined;
  return {
    message: 'The remainder of a random byte is biased: some values are more likely than others.',
    severity: isSecret ? 'medium' : 'low',
    confidence: isSecret ? 'medium' : 'low',
  };
}

/** Whether a variable may also hold a strong generator, and the weak one is the fallback of systems without it. */
function isFallback(use: Use, callee: ValueId): boolean {
  const inst = use.frame.inst(callee);
  const isMade = inst.op === 'member' && use.frame.inst(inst.object).op === 'call';
  return !isMade && isA(use, callee, 'use.StrongRandom');
}

function find(use: Use): UseReport | undefined {
  const { frame, value } = use;
  const { names, callees, isText, isPick } = namesInto(frame.linked, { func: frame.id, value });
  // A marker in a regular expression only has to be found again in a text.
  if (haveWord(callees, harmlessCalls) || callees.has('RegExp')) return undefined;
  let found: { readonly name: string; readonly secrecy: Secrecy } | undefined;
  for (const name of names) {
    const secrecy = secrecyOf(name);
    // It selects one of several existing items: `random.choice(vouchers)`
    if (secrecy === 'likely' && isPick && !isText) continue;
    if (secrecy && found?.secrecy !== 'secret') found = { name, secrecy };
  }
  const around = [...namesAround(frame.linked, frame.id), fileName(frame.linked, frame.id)];
  // A boundary between parts of a message must be unique, not secret.
  if (found && /^nonce$/i.test(found.name) && haveWord([...names, ...around], parting)) return undefined;
  // The token of a lock only identifies its holder.
  if (found && /^token$/i.test(found.name) && haveWord(around, locking)) return undefined;
  if (found && isBroadcast(use, found.name)) return undefined;
  if (found) return report(found.name, found.secrecy === 'secret' ? 'high' : 'medium');
  const code = [...names].find((one) => /^(code|pin|digits)$/i.test(one));
  if (code !== undefined && haveWord(around, loginWords)) return report(code, 'medium');
  // The text has no telling name, but the function or file around it is named after a secret.
  if (!isText || haveWord(names, otherIds)) return undefined;
  const name = around.find(
    (one) => (secrecyOf(one) === 'secret' && !fetching.test(one)) || /^sessions?$/i.test(one),
  );
  return name === undefined ? undefined : report(name, 'medium');
}

/** `window.postMessage(token, '*')`: the token marks a page's own messages, and every listener can read it. */
function isBroadcast({ frame }: Use, name: string): boolean {
  const { linked, info } = frame;
  return broadcastNames(linked, info.module).has(name);
}

/** The names of the values that a module sends with `postMessage` to any origin. */
const broadcastNames = memoizedPair((linked: Linked, at: number): ReadonlySet<string> => {
  const first = linked.program.firstFunc[at] ?? 0;
  const names = new Set<string>();
  linked.program.modules[at]?.functions.forEach(({ code }, func) => {
    for (const inst of code) {
      const callee = inst.op === 'call' ? code[inst.callee] : undefined;
      if (inst.op !== 'call' || callee?.op !== 'member' || callee.name !== 'postMessage') continue;
      const [message = -1, target = -1] = inst.args;
      const origin = code[target];
      if (origin?.op !== 'const' || origin.value !== '*' || code[message]?.op === 'object') continue;
      for (const one of namesOf(linked, { func: first + func, value: message })) names.add(one);
    }
  });
  return names;
});

function report(name: string, confidence: UseReport['confidence']): UseReport {
  return { message: `\`${name}\` comes from a predictable random number generator.`, confidence };
}

const loginWords = new Set(
  'login signin signup register otp mfa twofactor factor auth verify verification reset confirm activation sms'.split(
    ' ',
  ),
);
const harmlessCalls = new Set([
  'sleep',
  'delay',
  'wait',
  'timeout',
  'interval',
  'backoff',
  'color',
  'print',
  'log',
]);
/** `fetch_token`: the random value in it is not the token that it returns. */
const fetching = /^_*(?:fetch|request|refresh|download|load|read|obtain)(?=[_A-Z])/;
const parting = new Set(['boundary', 'multipart']);
const locking = new Set(['acquire', 'mutex', 'semaphore']);
/** Words for values that may be known. */
const otherIds = new Set(
  `boundary color colour jitter delay backoff element dom uid trace span correlation request tmp temp file
  filename cache shard node client device instance color test label title`.split(/\s+/),
);
