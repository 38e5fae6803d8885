/**
 * Looks at `CORSMiddleware` of FastAPI and Starlette. Without it, and without code that sets such headers, browsers let no other
 * origin read anything.
 *
 * ## Why
 * With `allow_origins=['*']` and `allow_credentials=True`, Starlette answers each origin by its name as soon as a request has
 * cookies.
 *
 * ## Passes
 * The middleware is not there, or allows a fixed list; all origins may read an application without sessions, and without credentials; or
 * code of the project sends an origin back only if a list that is written out has it.
 *
 * ## Fails
 * All origins, or a pattern that fits any host, are allowed with credentials or in an application with sessions.
 *
 * ## Unknown
 * The origins are computed or a pattern, a place that uses the middleware was not understood, or code of the project sends such headers
 * itself, by another rule.
 *
 * ## How to fix
 * ```python
 * app.add_middleware(CORSMiddleware, allow_origins=['https://app.shop.example'])
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, readValue } from '../../../python/app/app-check.ts';
import { fileWith } from '../../../python/app/extension.ts';
import type { PythonApp, PythonApps } from '../../../python/app/find-apps.ts';
import { type AddedMiddleware, middlewareOf } from '../../../python/app/middleware-of.ts';
import { holdAllOf, middlewareWithin } from '../../../python/app/nested-middleware.ts';
import { corsHeader, headerSender } from '../../../python/header-sender.ts';
import { truthOf } from '../../../python/operators.ts';
import { evidenceOf, listedOrigins, ownOrigins } from '../../../python/own-headers.ts';
import { isType, type Plain } from '../../../python/value.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/fastapi-cors',
  framework: 'fastapi',
  aspect: 'cors/origins',
  title: 'Other origins may read only what FastAPI means for them.',
  why: 'A page of any site can read what a user who has logged in sees.',
  severity: 'high',
  cwe: [942],
  asvs: ['3.4.2'],
  judge,
});

function judge(app: PythonApp, subject: Subject, { apps }: PythonApps): readonly Outcome[] {
  const evidence = [{ ...app.object.spot }];
  const reflected = ownOrigins(subject, fix);
  if (reflected) return [reflected];
  const listed = fileWith(subject, /\bCORSMiddleware\b/) === undefined ? listedOrigins(subject) : undefined;
  if (listed) return [pass('Origins are sent back only if they are listed.', evidenceOf(listed))];
  const own = headerSender(subject, corsHeader);
  if (own !== undefined)
    return [
      unknown(`The file ${own} sets headers of CORS itself.`, fix, [
        { path: own, text: 'Access-Control-Allow-Origin' },
      ]),
    ];
  const all = middlewareOf(app, 'CORSMiddleware');
  if (all.kind === 'unknown') return [unknown('Which middleware is in use is not known.', fix, evidence)];
  if (fileWith(subject, /\bCORSMiddleware\b/) === undefined)
    return [pass('Nothing sends headers of CORS.', evidence)];
  const judged = middlewareWithin(app, 'CORSMiddleware').map((one) => judgeAdded(one, app, subject));
  if (judged.length > 0 && holdAllOf(apps, 'CORSMiddleware', subject)) return judged;
  const bad = judged.filter(({ verdict }) => verdict === 'fail');
  return [...bad, unknown('A place that uses CORSMiddleware was not understood.', fix, evidence)];
}

function judgeAdded(found: AddedMiddleware, app: PythonApp, subject: Subject): Outcome {
  const { named, isOpen } = found.given;
  const origins = readValue(named.get('allow_origins'), undefined, app.object);
  const pattern = readValue(named.get('allow_origin_regex'), null, app.object);
  const credentials = readValue(named.get('allow_credentials'), false, app.object);
  const seen = [{ ...found.spot }, ...origins.evidence, { ...app.object.spot }];
  const isClear =
    !isOpen &&
    (origins.plain !== undefined || !origins.isSet) &&
    pattern.plain !== undefined &&
    credentials.plain !== undefined;
  if (!isClear) return unknown('The list of origins is computed.', fix, seen);
  const verdict = judgeList(origins.isSet ? origins.plain : undefined);
  const isAny =
    verdict === 'all' ||
    (typeof pattern.plain === 'string' && /^\^?(https?\??:\/\/)?\(?\.[*+]\)?\$?$/.test(pattern.plain));
  if (isAny && truthOf(credentials.plain ?? false) !== false)
    return fail('All origins are allowed, with credentials.', seen, fix);
  if (isAny)
    return fileWith(subject, /SessionMiddleware|set_cookie\(/) === undefined
      ? pass('All origins may read an application without sessions and cookies.', seen)
      : fail('All origins are allowed, and the application has sessions or cookies.', seen, fix);
  if (verdict === 'unknown' || pattern.plain !== null)
    return unknown('The list of origins is computed, or is a pattern.', fix, seen);
  return pass('Only listed origins are allowed.', seen);
}

function judgeList(plain: Plain | undefined): 'all' | 'listed' | 'unknown' {
  if (plain === undefined) return 'listed';
  if (plain === '*') return 'all';
  if (!isType(plain, 'list')) return 'unknown';
  const items = plain.items.map((item) => (item.length === 1 ? item[0].plain : undefined));
  if (items.includes('*') || items.includes('null')) return 'all';
  return plain.more === undefined && items.every((item) => typeof item === 'string') ? 'listed' : 'unknown';
}

const fix = "app.add_middleware(CORSMiddleware, allow_origins=['https://app.shop.example'])";
