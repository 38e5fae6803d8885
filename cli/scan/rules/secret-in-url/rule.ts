/**
 * Finds passwords and keys in the query string of a URL: those that a server reads from it, and those that code adds
 * to the URL of a request.
 *
 * ## Why
 * URLs are written to the logs of servers and proxies, kept in the browser's history, and sent to other sites in the
 * `Referer` header.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 * app = Flask(__name__)
 *
 * @app.get("/login")
 * def login():
 *     return check(request.args["user"], request.args["password"])
 * ```
 * ```typescript
 * function check(user: string, password: string) {
 *   return fetch(`https://auth.example.com/check?user=${user}&password=${password}`);
 * }
 * ```
 *
 * ## Good
 * ```python
 * @app.post("/login")
 * def login():
 *     return check(request.form["user"], request.form["password"])
 * ```
 * ```typescript
 * function check(user: string, password: string) {
 *   return fetch('https://auth.example.com/check', { method: 'POST', body: JSON.stringify({ user, password }) });
 * }
 * ```
 *
 * ## When not to use it
 * A one-time token in an email link, and the `code` and `state` of OAuth, have to be in a URL: they are not reported.
 * A key that a third-party service expects there has low confidence.
 */
import { inTests } from '../kit/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../kit/rule.ts';
import { mayBeSensitive, type SensitiveName, sensitiveName } from '../kit/sensitive/sensitive-name.ts';
import type { Use } from '../kit/use.ts';
import { queryParameter } from './query-parameters.ts';
import { queryRead } from './query-read.ts';
import { isRedirected } from './redirected.ts';
import { namesInMadeUrl } from './url-made.ts';

export const rule: UseRule = Object.freeze({
  id: 'secret/in-url',
  title: 'Secret in a URL',
  severity: 'medium',
  cwe: [598],
  owasp: 'A04:2025 Cryptographic Failures',
  advice: 'Send it in a header, or in the body of a POST request.',
  on: ['member', 'index', 'call', 'text', 'binary', 'param'],
  operators: ['+', '%'],
  names:
    /^(format|get|getlist|getall|getAll|getone|query|get_query_argument|Query|set|append|api_route|route)$/,
  modelled: noState,
  members: mayBeSensitive,
  look,
} satisfies UseRule);

type Confidence = UseReport['confidence'];

function look(use: Use): UseReport | undefined {
  const read = queryRead(use);
  const reads = read === undefined ? queryParameter(use) : [read];
  const found = reads.length > 0 && report(use, reads, ofRead, 'is read from the query string of a request');
  if (found) return found;
  const names = namesInMadeUrl(use);
  if (names.length === 0) return undefined;
  return report(use, names, (it, name) => ofMade(use, it, name), 'is added to the query string of a URL');
}

function report(
  use: Use,
  names: readonly string[],
  confidenceOf: (it: SensitiveName, name: string) => Confidence | undefined,
  what: string,
): UseReport | undefined {
  for (const name of names) {
    const it = sensitiveName(name);
    const confidence = it && confidenceOf(it, name);
    if (it && confidence)
      return {
        message: `The ${it.kind} \`${name.slice(0, 60)}\` ${what}.`,
        confidence: inTests(use) ? 'low' : confidence,
      };
  }
  return undefined;
}

function ofRead({ kind, sure }: SensitiveName, name: string): Confidence | undefined {
  // Links in mails contain them.
  if (kind === 'one-time code' || once.test(name))
    return kind === 'password' && !/token|code/i.test(name) ? 'high' : undefined;
  // `pass` often means something else, and an identity provider sends the ID token back.
  if (sure === 'weak' || /^id_?token$/i.test(name)) return 'low';
  return kind === 'password' || kind === 'card number' || kind === 'social security number'
    ? 'high'
    : 'medium';
}

/** Values for one use: the token in a mail's link, or what a log-in server sends the browser back with. */
const once =
  /reset|verif|invit|confirm|unsubscribe|magic|activat|remember|device|push|^log-?_?in_?token$|ticket/i;
/** Pages that are opened with a token for a single purpose. */
const pagesOfOne = /pay|checkout|order|share|download|preview|challenge|forgot|password|mfa|2fa|two-?factor/i;

/** Whether a redirect puts a session token into the URL. It stays in the browser's history and in the logs of the receiver. */
function isSessionToken(use: Use, { kind }: SensitiveName, name: string): boolean {
  if (kind !== 'token' || once.test(name) || !isRedirected(use)) return false;
  if (/access|refresh|auth|oidc|jwt|session|bearer|^id_?token/i.test(name)) return true;
  const text = use.frame.values[use.value]?.textTemplate ?? '';
  return /^token$/i.test(name) && !once.test(text) && !pagesOfOne.test(text);
}

function ofMade(use: Use, it: SensitiveName, name: string): Confidence | undefined {
  const { kind, sure } = it;
  if (isSessionToken(use, it, name)) return 'medium';
  if (kind === 'one-time code' || sure === 'weak') return kind === 'password' ? 'medium' : undefined;
  if (kind === 'password') return 'high';
  if (kind === 'card number' || kind === 'social security number') return 'high';
  // Many services take their key or token only in the query string, and reCAPTCHA its `secret`.
  return kind === 'secret' && sure === 'certain' && !/token/i.test(name) ? 'medium' : 'low';
}
