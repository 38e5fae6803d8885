/**
 * Finds session cookies without `Secure` or `HttpOnly`, session cookies with `SameSite=None` in programs without CSRF
 * protection, and framework settings with the same effect.
 *
 * ## Why
 * Without `Secure`, the browser sends the cookie in clear text when something makes it open an `http://` URL. Without
 * `HttpOnly`, any script on the page can read it. With `SameSite=None`, any other site can send requests on behalf of
 * the logged-in user.
 *
 * ## Bad
 * ```python
 * answer.set_cookie("session_id", token)
 * ```
 * ```typescript
 * res.cookie('session', id, { maxAge: 3_600_000 });
 * ```
 *
 * ## Good
 * ```python
 * answer.set_cookie("session_id", token, secure=True, httponly=True, samesite="Lax")
 * ```
 * ```typescript
 * res.cookie('session', id, { secure: true, httpOnly: true, sameSite: 'lax' });
 * ```
 *
 * ## When not to use it
 * For pages that are embedded in other sites: they need `SameSite=None`, together with a CSRF token. Cookies for a
 * language or a theme, and a CSRF token that a script reads, are not reported.
 */

import type { Abstract } from '../../dataflow/domain/abstract.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { usersOf } from '../../ir/query/users.ts';
import { haveWord, wordsOf } from '../../ir/query/words.ts';
import { isDevelopmentPath } from '../../project/path-purpose.ts';
import { inTests, pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { settingInstructions, settingsOf } from '../kit/settings.ts';
import { argument, given, isA, isConst, known, option, type Use } from '../kit/use.ts';
import { conditionNames } from '../kit/value/condition-names.ts';
import { type CookieCall, cookieCallOf, cookieOfText, isNone } from '../kit/web/cookie-call.ts';
import { isForDevelopment } from '../kit/web/development-settings.ts';
import { sentByAll } from './same-site.ts';

export const rule: UseRule = Object.freeze({
  id: 'cookie/flags',
  title: 'Session cookie without security flags',
  severity: 'medium',
  cwe: [614, 1004, 1275],
  owasp: 'A02:2025 Security Misconfiguration',
  advice: 'Pass `{ secure: true, httpOnly: true, sameSite: "lax" }` with cookies that identify a user.',
  pythonAdvice: {
    django:
      'Set `SESSION_COOKIE_SECURE`, `SESSION_COOKIE_HTTPONLY` and `SESSION_COOKIE_SAMESITE`; for your own cookies, pass `secure=True, httponly=True, samesite="Lax"` to `set_cookie`.',
    flask:
      'Set `SESSION_COOKIE_SECURE`, `SESSION_COOKIE_HTTPONLY` and `SESSION_COOKIE_SAMESITE`; for your own cookies, pass `secure=True, httponly=True, samesite="Lax"` to `set_cookie`.',
    any: 'Pass `secure=True, httponly=True, samesite="Lax"` to `set_cookie`.',
  },
  on: settingInstructions,
  names: /cookie|^(setHeader|header|set|append|appendHeader|add|add_header|set_header)$|^JWT_AUTH_/i,
  modelled:
    /^use\.(Session|FastifySession|SessionCookie|SetCookie|SetSignedCookie|SetCookieText|NextCookies|KoaCookies)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = (use.inst.op === 'call' ? ofCall(use, use.inst) : undefined) ?? ofSettings(use);
  if (!found) return undefined;
  const isDevelopment = haveWord(conditionNames(use.frame, use.value), development);
  return inTests(use) || isDevelopment || isForDevelopment(use) ? { ...found, confidence: 'low' } : found;
}

const development = new Set([
  'debug',
  'dev',
  'development',
  'env',
  'local',
  'localhost',
  'insecure',
  'https',
  'testing',
]);

function ofCall(use: Use, call: Call): UseReport | undefined {
  if (isA(use, call.callee, 'use.Session')) return ofSession(use, argument(use, call, 0));
  if (call.args[0] !== undefined && isA(use, call.args[0], 'use.FastifySession'))
    return ofSession(use, argument(use, call, 1));
  // `add_middleware(SessionMiddleware, https_only=False)` takes the class and its options.
  const [first] = call.args;
  if (
    isA(use, call.callee, 'use.SessionCookie') ||
    (first !== undefined && isA(use, first, 'use.SessionCookie'))
  )
    return ofSessionOptions(use, call);
  return ofCookie(use, cookieCallOf(use, call));
}

function ofCookie(use: Use, cookie: CookieCall | undefined): UseReport | undefined {
  if (!cookie || cookie.isRemoved) return undefined;
  const { name, secure, httpOnly } = cookie;
  const missing = [
    secure === 'off' || secure === 'absent' ? 'Secure' : '',
    httpOnly === 'off' || httpOnly === 'absent' ? 'HttpOnly' : '',
  ].filter(Boolean);
  if (missing.length === 0) {
    const isOfSession = name === undefined ? isCalledSession(cookie) : isSession(name);
    const called = name === undefined ? 'The session cookie' : `The cookie \`${name.slice(0, 40)}\``;
    return cookie.isForAllSites && isOfSession ? sentByAll(use, called) : undefined;
  }
  const what = missing.join(' and ');
  if (name === undefined) {
    const isTold = secure === 'off' || httpOnly === 'off' || isCalledSession(cookie);
    return { message: `A cookie is set without ${what}.`, confidence: isTold ? 'medium' : 'low' };
  }
  if (isSession(name))
    return { message: `The cookie \`${name.slice(0, 40)}\` is set without ${what}.`, confidence: 'high' };
  if (haveWord([name], preferences)) return undefined;
  return {
    message: `The cookie \`${name.slice(0, 40)}\` is set without ${what}.`,
    confidence: secure === 'off' ? 'medium' : 'low',
  };
}

/**
 * `cookie(config.sessionCookieName, id)`, `cookie(config.cookieName, sessionToken)`. The cookie's name is unknown, but the names
 * in the code show that it belongs to a session.
 */
function isCalledSession({ called }: CookieCall): boolean {
  const name = called?.name ?? '';
  if (!haveWord([name], cookieWord)) return false;
  const value = called?.value ?? '';
  const isNeutral = wordsOf(name).every((word) => neutral.has(word));
  return isSession(name) || (isNeutral && isSession(value));
}

const cookieWord = new Set(['cookie']);
const neutral = new Set(['cookie', 'name', 'key']);

function isSession(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => /^(csrf|xsrf|theme|lang|locale|consent|flash)$/.test(word))) return false;
  return words.some((word) => sessionWords.test(word)) || /^(user_?id|uid|sid)$/i.test(name);
}

const sessionWords =
  /^(session|sess|sid|sessionid|sessid|phpsessid|jsessionid|auth|authtoken|authorization|token|jwt|login|remember|rememberme|credential|refreshtoken|accesstoken|secret|apikey|password)$/;
const preferences = new Set(
  `theme lang language locale consent dark mode view sort sidebar banner dismissed seen csrf xsrf tz timezone color
  colour layout preference preferences pref flash messages currency cart ab experiment`.split(/\s+/),
);

function ofSession(use: Use, options: Abstract | undefined): UseReport | undefined {
  const flags = option(options, 'cookie') ?? options;
  const off = ['secure', 'httpOnly'].filter((name) => isConst(option(flags, name), false));
  if (off.length === 0)
    return isNone(option(flags, 'sameSite')) ? sentByAll(use, 'The session cookie') : undefined;
  return {
    message: `The session cookie is set without ${off.map((name) => (name === 'secure' ? 'Secure' : 'HttpOnly')).join(' and ')}.`,
    confidence: 'high',
  };
}

/** Only options that are explicitly off count. Their defaults do not. */
function ofSessionOptions(use: Use, call: Call): UseReport | undefined {
  const isOff = (...names: readonly string[]): boolean => isConst(given(use, call, -1, ...names), false);
  const off = [
    isOff('https_only', 'cookie_https_only', 'secure') ? 'Secure' : '',
    isOff('httponly') ? 'HttpOnly' : '',
  ].filter(Boolean);
  if (off.length === 0)
    return isNone(given(use, call, -1, 'same_site', 'samesite', 'cookie_samesite'))
      ? sentByAll(use, 'The session cookie')
      : undefined;
  return { message: `The session cookie is set without ${off.join(' and ')}.`, confidence: 'high' };
}

const settings =
  /^(SESSION|REMEMBER|JWT|AUTH|LANGUAGE)_COOKIE_(SECURE|HTTPONLY)$|^JWT_AUTH_(SECURE|HTTPONLY)$|^(SECURITY_)?CSRF_COOKIE_SECURE$|^session\.(cookie_)?(secure|httponly)$/;

const sameSite = /^(SESSION|REMEMBER|JWT)_COOKIE_SAMESITE$|^JWT_AUTH_SAMESITE$/;

function ofSettings(use: Use): UseReport | undefined {
  for (const { name, value, how } of settingsOf(use)) {
    const found =
      how === 'entry' && name.toLowerCase() === 'set-cookie'
        ? ofCookie(use, cookieOfText(use, value))
        : undefined;
    if (found) return { ...found, value };
  }
  if (!use.language.settingsAreVariables || isDevelopmentPath(pathOf(use))) return undefined;
  for (const { name, value, how } of settingsOf(use)) {
    if (sameSite.test(name) && isNone(known(use, value)) && (use.inst.op !== 'object' || isPassedOn(use)))
      return { ...sentByAll(use, 'The session cookie'), ...(how === 'variable' ? {} : { value }) };
    if (!settings.test(name) || name.startsWith('LANGUAGE') || !isConst(known(use, value), false)) continue;
    if (use.inst.op === 'object' && !isPassedOn(use)) continue;
    if (how === 'variable' && isDefaults(use.frame)) continue;
    if (use.inst.op === 'class' && isDevelopmentPath(`${className(use)}.py`)) continue;
    const isSession = name.startsWith('SESSION') || name.startsWith('REMEMBER');
    return {
      message: `\`${name}\` is off.`,
      confidence: isSession ? 'high' : 'medium',
      ...(how === 'variable' ? {} : { value }),
    };
  }
  return undefined;
}

/** Whether a module leaves `SECRET_KEY` empty. Django does not start with that, so other settings override these defaults. */
const isDefaults = memoized(({ linked, info, func, values }: FunctionView) => {
  const cells = linked.program.modules[info.module]?.cells;
  return func.code.some(
    (inst) =>
      inst.op === 'cell-store' &&
      cells?.[inst.cell]?.name === 'SECRET_KEY' &&
      isConst(values[inst.value], ''),
  );
});

/** Whether a dictionary is passed to a call that changes settings. The default settings of a framework are not. */
function isPassedOn({ frame, value }: Use): boolean {
  return (usersOf(frame.func).of[value] ?? []).some((user) => {
    const inst = frame.inst(user);
    const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
    return callee?.op === 'member' && /^(update|from_mapping|override_settings|configure)$/.test(callee.name);
  });
}

function className({ frame, inst }: Use): string {
  return inst.op === 'class'
    ? (frame.linked.program.modules[frame.info.module]?.classes[inst.class]?.name ?? '')
    : '';
}
