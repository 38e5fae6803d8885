import type { Linked } from '../../callgraph/linked.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, Inst } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { UseReport } from '../kit/rule.ts';
import { argument, isA, option, type Use } from '../kit/use.ts';

/**
 * Reports a session cookie in a program that accepts forms and has no CSRF protection: no token, no `SameSite`, no check of
 * a request's origin.
 */
export function unprotectedSession(use: Use, call: Call): UseReport | undefined {
  if (use.language.hasKeywordArguments || !isA(use, call.callee, 'use.Session')) return undefined;
  const options = argument(use, call, 0);
  const cookie = option(options, 'cookie') ?? options;
  const sameSite = option(cookie, 'sameSite');
  if (sameSite && constText(sameSite)?.toLowerCase() !== 'none') return undefined;
  const { readsForms, isProtected, namesSameSite } = wordsIn(use.frame.linked);
  // The `SameSite` of another cookie does not protect the session.
  const isKnown = cookie?.fields !== undefined && !cookie.rest;
  if (!readsForms || isProtected || (namesSameSite && !isKnown)) return undefined;
  return {
    message: 'The application accepts forms with this session cookie, and has no CSRF protection.',
    confidence: 'medium',
  };
}

interface Words {
  readonly readsForms: boolean;
  readonly isProtected: boolean;
  readonly namesSameSite: boolean;
}

const protections = /csrf|xsrf|lusca|sec-fetch-site|^origin$/i;
const sameSites = /same-?site/i;

/** What the names in a program show about it. */
const wordsIn = memoized((linked: Linked): Words => {
  let readsForms = false;
  let isProtected = false;
  let namesSameSite = false;
  const tell = (name: string): void => {
    isProtected ||= protections.test(name);
    namesSameSite ||= sameSites.test(name);
  };
  for (const { func } of linked.program.functions) {
    tell(func.name);
    for (const inst of func.code) {
      if (inst.op === 'member' || inst.op === 'global' || inst.op === 'import') {
        readsForms ||= inst.name === 'urlencoded';
        // `req.headers.origin`, but not the origin of a message or of a page's address.
        const isOther = inst.op === 'member' && inst.name === 'origin' && !isHeaders(func.code[inst.object]);
        if (!isOther) tell(inst.op === 'import' ? inst.specifier : inst.name);
      }
      if (inst.op === 'const' && typeof inst.value === 'string' && inst.value.length < 80) tell(inst.value);
    }
  }
  return { readsForms, isProtected, namesSameSite };
});

function isHeaders(inst: Inst | undefined): boolean {
  return inst?.op === 'member' && inst.name === 'headers';
}
