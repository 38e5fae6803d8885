/**
 * Finds passwords, keys, card numbers and social security numbers that are stored in clear text: in browser storage,
 * in a cookie or in a file. It also finds builds that write their whole environment into a page.
 *
 * ## Why
 * Every script on the page, and the next person at the machine, can read what the browser stores. A cookie with a
 * password is sent with every request. Every program on the machine can read a file, and the file ends up in backups.
 *
 * ## Bad
 * ```python
 * def remember(answer, password):
 *     answer.set_cookie("remember", password, secure=True, httponly=True)
 * ```
 * ```typescript
 * function remember(email: string, password: string) {
 *   localStorage.setItem('login', JSON.stringify({ email, password }));
 * }
 * ```
 *
 * ## Good
 * ```python
 * def remember(answer, session_id):
 *     answer.set_cookie("remember", session_id, secure=True, httponly=True)
 * ```
 * ```typescript
 * function remember(email: string) {
 *   localStorage.setItem('login', JSON.stringify({ email }));
 * }
 * ```
 *
 * ## When not to use it
 * Session tokens belong in cookies and are not reported there. An access token in `localStorage` has medium
 * confidence: any script on the page can read it, which an `HttpOnly` cookie prevents. Tokens and keys that a tool
 * writes to a file of its user have low confidence.
 */

import { instOf } from '../../callgraph/query/made-by.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { nameInContext } from '../kit/sensitive/sensitive-context.ts';
import type { SensitiveKind } from '../kit/sensitive/sensitive-name.ts';
import { sensitiveValue } from '../kit/sensitive/sensitive-value.ts';
import type { Sensitive } from '../kit/sensitive/sensitive-walk.ts';
import type { Use } from '../kit/use.ts';
import { isHarmless } from '../kit/value/harmless-value.ts';
import { givesEnvironment, isGoneThrough, writesPage } from './build-environment.ts';
import { type Keeping, keepingOf } from './keeping.ts';

export const rule: UseRule = Object.freeze({
  id: 'secret/stored',
  title: 'Secret stored in clear text',
  severity: 'medium',
  cwe: [312, 315],
  owasp: 'A04:2025 Cryptographic Failures',
  advice: 'Store a session ID instead, or encrypt the value first.',
  on: ['call', 'store', 'store-index', 'object'],
  names:
    /^(setItem|set|cookies?|set_?cookie|set_(secure|signed)_cookie|write\w*|append\w*|output\w*|dump|add|header|set_header|add_header|DefinePlugin)$|^(\w+\.)?(process\.env|import\.meta\.env)$|pass|pwd|secret|token|key|card|cvv|cvc|ssn/i,
  modelled:
    /^use\.(AsyncStorage|JsCookie|SetCookie|SetSignedCookie|SetCookieText|NextCookies|KoaCookies|DumpFile|FileStream|WriteFile)$|^setHeader$/,
  look,
} satisfies UseRule);

const builds: ByHost<(use: Use) => boolean> = { javascript: givesEnvironment };

function look(use: Use): UseReport | undefined {
  if (byHost(use.language, builds)?.(use))
    return {
      message: 'The page contains every environment variable of the build.',
      confidence: inTests(use) ? 'low' : 'high',
      severity: 'high',
    };
  const keeping = keepingOf(use);
  const found = keeping && sensitiveIn(use, keeping);
  if (!keeping || !found || found.sure === 'weak') return undefined;
  const confidence = inTests(use) ? 'low' : confidenceOf(keeping, found);
  if (!confidence) return undefined;
  const { kind } = found;
  if (kind === 'environment' && writesPage(use) && !isGoneThrough(use.frame.linked, found.place))
    return {
      message: 'The page contains every environment variable of the build.',
      confidence: inTests(use) ? 'low' : 'medium',
    };
  return { message: `${subjectOf(found)} is stored in clear text ${places[keeping.where]}.`, confidence };
}

function subjectOf({ kind, name }: Sensitive): string {
  if (kind === 'environment') return 'The whole environment';
  const shown = `\`${name.slice(0, 60)}\``;
  return kind === 'request' ? `The whole ${shown} object of a request` : `The ${kind} ${shown}`;
}

const places = { browser: 'in the browser', cookie: 'in a cookie', file: 'in a file' };

function sensitiveIn({ frame }: Use, { value, name }: Keeping): Sensitive | undefined {
  const { linked, id } = frame;
  const place = { func: id, value };
  const inst = instOf(linked, place);
  if (!inst) return undefined;
  const named = name === undefined ? undefined : nameInContext(linked, place, inst, name);
  if (named && named.sure !== 'weak')
    return isHarmless(linked, place) || isUnreadable(inst.op) ? undefined : { ...named, place };
  return sensitiveValue(linked, place);
}

/** A function or a boolean is no secret, under any name. */
function isUnreadable(op: string): boolean {
  return op === 'func' || op === 'class' || op === 'unary';
}

const lasting: ReadonlySet<SensitiveKind> = new Set(['password', 'card number', 'social security number']);

/** The confidence of the finding. `undefined` if such a value belongs in this place. */
function confidenceOf(
  { where, isOwn }: Keeping,
  { kind, sure, name }: Sensitive,
): UseReport['confidence'] | undefined {
  if (kind === 'environment' || kind === 'request') return 'low';
  const isLasting = lasting.has(kind);
  // A session key is the session's ID, which cookies are for.
  if (where === 'cookie' && /session_?key$/i.test(name)) return undefined;
  if (where === 'cookie') return isLasting ? certaintyOf(sure) : kind === 'key' ? 'medium' : undefined;
  if (where === 'browser') return isLasting ? certaintyOf(sure) : kind === 'one-time code' ? 'low' : 'medium';
  if (isOwn || !isLasting) return 'low';
  return 'medium';
}

function certaintyOf(sure: Sensitive['sure']): UseReport['confidence'] {
  return sure === 'certain' ? 'high' : 'medium';
}
