import type { Call } from '../../ir/ir.ts';
import type { Linked } from '../../link/linked.ts';
import type { UseReport } from '../../rule/rule.ts';
import { argument, isA, option, type Use } from '../../rule/use.ts';
import { constText } from '../../taint/abstract.ts';

/**
 * A session in a cookie, forms that are read, and nothing in the whole program that tells a form of one's own from that of
 * another page: no token, no `SameSite`, no look at where a request comes from.
 */
export function unprotectedSession(use: Use, call: Call): UseReport | undefined {
  if (use.language === 'python' || !isA(use, call.callee, 'use.Session')) return undefined;
  const options = argument(use, call, 0);
  const sameSite = option(option(options, 'cookie') ?? options, 'sameSite');
  if (sameSite && constText(sameSite)?.toLowerCase() !== 'none') return undefined;
  const { readsForms, isProtected } = wordsIn(use.frame.linked);
  if (!readsForms || isProtected) return undefined;
  return {
    message: 'Forms are read with this session, and those of other pages are not told apart',
    confidence: 'medium',
  };
}

interface Words {
  readonly readsForms: boolean;
  readonly isProtected: boolean;
}

const known = new WeakMap<Linked, Words>();
const protections = /csrf|xsrf|lusca|sec-fetch-site|^origin$|same-?site/i;

/** What the names in a program say of it. */
function wordsIn(linked: Linked): Words {
  const old = known.get(linked);
  if (old) return old;
  let readsForms = false;
  let isProtected = false;
  for (const { func } of linked.program.functions) {
    isProtected ||= protections.test(func.name);
    for (const inst of func.code) {
      if (inst.op === 'member' || inst.op === 'global' || inst.op === 'import') {
        readsForms ||= inst.name === 'urlencoded';
        isProtected ||= protections.test(inst.op === 'import' ? inst.specifier : inst.name);
      } else if (inst.op === 'const' && typeof inst.value === 'string' && inst.value.length < 80)
        isProtected ||= protections.test(inst.value);
    }
  }
  const words = { readsForms, isProtected };
  known.set(linked, words);
  return words;
}
