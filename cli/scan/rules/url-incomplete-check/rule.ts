/**
 * Finds URL checks that an attacker can pass: a host that is searched for anywhere in the URL, a prefix without the
 * slash that ends the host, a suffix without the dot before it, an expression that is not anchored or whose dots match
 * any character, a check for `javascript:` that misses `data:` and `vbscript:`, and a suffix check by index that also
 * passes when the suffix is missing.
 *
 * ## Why
 * `https://evil.test/?example.com`, `https://example.com.evil.test` and `https://notexample.com` all lead to other
 * sites. What the check should stop (a redirect, a server-side request, a message from another page) gets through.
 *
 * ## Bad
 * ```python
 * def is_ours(url):
 *     return "example.com" in url
 * ```
 * ```typescript
 * const isOurs = (url) => url.startsWith('https://example.com');
 * const isTrusted = (url) => /^https?:\/\/www.example.com\//.test(url);
 * const isSafe = (url) => !url.startsWith('javascript:');
 * const isBelow = (host, end) => host.lastIndexOf(end) === host.length - end.length;
 * ```
 *
 * ## Good
 * ```python
 * from urllib.parse import urlparse
 *
 * def is_ours(url):
 *     host = urlparse(url).hostname or ""
 *     return host == "example.com" or host.endswith(".example.com")
 * ```
 * ```typescript
 * const isOurs = (url) => new URL(url).host === 'example.com';
 * const isTrusted = (url) => /^https?:\/\/www\.example\.com\//.test(url);
 * const isSafe = (url) => ['https:', 'http:'].includes(new URL(url).protocol);
 * const isBelow = (host, end) => host.endsWith(end);
 * ```
 *
 * ## When not to use it
 * Where the result only changes what is shown, such as the icon next to a link. Confidence is low where the result
 * chooses one of several texts, where a URL is only rewritten, and where a page checks its own URL.
 */

import { usersOf } from '../../ir/query/users.ts';
import { inTests } from '../kit/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../kit/rule.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { isOfPage, kindOf } from './checked.ts';
import { purposeOf } from './decides.ts';
import { expressionMessage, matchedBy, takesPart } from './expression.ts';
import { isFollowed } from './followed.ts';
import { suffixByIndex } from './last-index.ts';
import { schemeCheck } from './scheme.ts';
import { lookedFor, substringMessage } from './substring.ts';
import { isTakenOff } from './taken-off.ts';

const matching = /^(test|match|search|exec|fullmatch)$/;

export const rule: UseRule = Object.freeze({
  id: 'url/incomplete-check',
  title: 'Incomplete URL check',
  severity: 'medium',
  cwe: [20, 183],
  owasp: 'A01:2025 Broken Access Control',
  advice:
    "Parse the URL with `new URL`, and compare its whole `hostname`, or its end with a dot before it: `endsWith('.example.com')`.",
  pythonAdvice:
    'Parse the URL with `urlsplit`, and compare its whole `hostname`, or its end with a dot before it.',
  on: ['call', 'binary'],
  operators: ['==', '!=', 'in', 'not in'],
  names:
    /^(test|match|search|exec|fullmatch|includes|contains|indexOf|find|count|__contains__|startsWith|startswith|endsWith|endswith|lastIndexOf)$/,
  modelled: noState,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const suffix = suffixCheck(use);
  if (suffix) return suffix;
  const scheme = schemeCheck(use);
  const host = scheme ? undefined : hostCheck(use);
  const message = scheme?.message ?? host?.message;
  if (message === undefined) return undefined;
  const purpose = purposeOf(use, use.value);
  if (purpose === 'nothing' || purpose === 'data') return undefined;
  if (host?.takesPart && usersOf(use.frame.func).returned.has(use.value)) return undefined;
  const isWeak = scheme
    ? scheme.isHalf || (purpose === 'skipping' && !isFollowed(use.frame.func))
    : purpose === 'label' || purpose === 'rewriting' || host?.isOfPage || isTakenOff(use);
  return { message, confidence: isWeak || inTests(use) ? 'low' : 'medium' };
}

/** Low confidence unless the text is a URL or a host: for other texts, little depends on a missing character. */
function suffixCheck(use: Use): UseReport | undefined {
  const subject = suffixByIndex(use);
  if (subject === undefined) return undefined;
  return {
    message:
      'The check also passes for a text that is one character shorter than the suffix and does not contain it.',
    confidence: kindOf(use, subject) && !inTests(use) ? 'medium' : 'low',
  };
}

interface HostCheck {
  readonly message: string;
  /** The URL is the page's own. */
  readonly isOfPage: boolean;
  readonly takesPart: boolean;
}

function hostCheck(use: Use): HostCheck | undefined {
  const { inst } = use;
  const looked = lookedFor(use);
  const found = looked && substringMessage(use, looked);
  if (looked && found !== undefined)
    return { message: found, isOfPage: isOfPage(use, looked.subject), takesPart: false };
  if (inst.op !== 'call' || !matching.test(calleeName(use, inst))) return undefined;
  const matched = matchedBy(use, inst);
  const message = matched && expressionMessage(use, matched);
  if (!matched || message === undefined) return undefined;
  return {
    message,
    isOfPage: isOfPage(use, matched.subject),
    takesPart: calleeName(use, inst) !== 'test' && takesPart(matched),
  };
}
