/**
 * Finds checks of an address that others can pass: a host that is looked for anywhere in it, a beginning without the slash
 * that ends the host, an ending without the dot before it, an expression that is not anchored or whose dots stand for any
 * character, a check for `javascript:` that leaves `data:` and `vbscript:`, and a place of an ending that is compared and may be
 * that of none.
 *
 * ## Why
 * `https://evil.test/?example.com`, `https://example.com.evil.test` and `https://notexample.com` are addresses of somebody
 * else. What the check was to keep out (a redirect, a request of the server, a message of another page) gets in.
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
 * Where nothing depends on the answer but what is shown: which icon stands beside a link. Where one of several texts is
 * chosen by it, where an address is only written in another form, or where a page asks for its own address, the finding
 * is of low confidence.
 */
import { inTests } from '../../rule/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../../rule/rule.ts';
import { calleeName, type Use } from '../../rule/use.ts';
import { usersOf } from '../../rule/users.ts';
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
  title: 'Check of an address that others can pass',
  severity: 'medium',
  cwe: [20, 183],
  owasp: 'A01:2025 Broken Access Control',
  advice: 'Parse the address, and compare its host as a whole, or its end with a dot before it.',
  pythonAdvice:
    'Parse the URL with `urlsplit`, and compare its `hostname` as a whole, or its end with a dot before it.',
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

/** Of other texts than addresses it is a hint: most often nothing depends on one that is a sign shorter. */
function suffixCheck(use: Use): UseReport | undefined {
  const subject = suffixByIndex(use);
  if (subject === undefined) return undefined;
  return {
    message: 'It is true, too, where the ending is not there and is one sign longer than the text',
    confidence: kindOf(use, subject) && !inTests(use) ? 'medium' : 'low',
  };
}

interface HostCheck {
  readonly message: string;
  /** The address is the page's own. */
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
