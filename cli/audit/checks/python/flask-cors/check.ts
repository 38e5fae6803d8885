/**
 * Looks at flask-cors: `CORS(app)`, `@cross_origin` and `CORS_ORIGINS`. Its default is every origin. With `supports_credentials`, it
 * answers each origin by its name.
 *
 * ## Why
 * With `*`, each site may read the responses. With credentials too, it reads those of users who have logged in.
 *
 * ## Passes
 * Nothing sends CORS headers, the origins are a fixed list, or all origins may read an application that has no sessions and takes no
 * credentials; or code of the project sends an origin back only if a list that is written out has it.
 *
 * ## Fails
 * All origins are allowed with credentials, or in an application with sessions; or code of the project answers with the origin of the
 * request, whatever it is.
 *
 * ## Unknown
 * The origins are computed or patterns, or code of the project sends such headers itself, by another rule.
 *
 * ## How to fix
 * ```python
 * CORS(app, origins=['https://app.shop.example'])
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, flaskSetting, readValue } from '../../../python/app/app-check.ts';
import { extension, extensionEvidence, fileWith, hasSessions } from '../../../python/app/extension.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import type { CallArguments } from '../../../python/call-arguments.ts';
import { corsHeader, headerSender } from '../../../python/header-sender.ts';
import { truthOf } from '../../../python/operators.ts';
import { evidenceOf, listedOrigins, ownOrigins } from '../../../python/own-headers.ts';
import { isType, type Plain, type Value } from '../../../python/value.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/flask-cors',
  framework: 'flask',
  aspect: 'cors/origins',
  title: 'Other origins may read only what Flask means for them.',
  why: 'A page of any site can read what a user who has logged in sees.',
  severity: 'high',
  cwe: [942],
  asvs: ['3.4.2'],
  judge,
});

function judge(app: PythonApp, subject: Subject): readonly Outcome[] {
  const evidence = [{ ...app.object.spot }];
  const reflected = ownOrigins(subject, fix);
  if (reflected) return [reflected];
  const listed = fileWith(subject, /\bflask_cors\b/) === undefined ? listedOrigins(subject) : undefined;
  if (listed) return [pass('Origins are sent back only if they are listed.', evidenceOf(listed))];
  const own = headerSender(subject, corsHeader);
  if (own !== undefined)
    return [
      unknown(`The file ${own} sets headers of CORS itself.`, fix, [
        { path: own, text: 'Access-Control-Allow-Origin' },
      ]),
    ];
  const decorated = fileWith(subject, /@cross_origin\b/);
  const cors = extension(app, 'CORS');
  if (decorated !== undefined)
    return [
      unknown(`The file ${decorated} allows origins for single routes.`, fix, [
        { path: decorated, text: '@cross_origin' },
      ]),
    ];
  if (!cors)
    return fileWith(subject, /\bflask_cors\b/) === undefined
      ? [pass('Nothing sends headers of CORS.', evidence)]
      : [unknown('How flask-cors is used was not understood.', fix, evidence)];
  const seen = [...extensionEvidence(app, 'CORS'), ...evidence];
  const setting = flaskSetting(app, 'CORS_ORIGINS', '*');
  const origins = cors.named.has('origins') ? readValue(cors.named.get('origins'), '*', app.object) : setting;
  const withCookies = cors.named.has('supports_credentials')
    ? readValue(cors.named.get('supports_credentials'), false, app.object)
    : flaskSetting(app, 'CORS_SUPPORTS_CREDENTIALS', false);
  const isClear =
    !cors.isOpen &&
    !cors.named.has('resources') &&
    origins.plain !== undefined &&
    withCookies.plain !== undefined;
  if (!isClear) return resourcesOf(cors, seen);
  const verdict = judgeList(origins.plain);
  const all = [...seen, ...origins.evidence];
  if (verdict === 'unknown') return [unknown('The list of origins is computed, or has patterns.', fix, all)];
  if (verdict === 'listed') return [pass('Only listed origins are allowed.', all)];
  if (truthOf(withCookies.plain ?? false) !== false)
    return [fail('All origins are allowed, with credentials.', all, fix)];
  return [
    hasSessions(app, subject)
      ? fail('All origins are allowed, and the application has sessions.', all, fix)
      : pass('All origins may read an application without sessions.', all),
  ];
}

/** `resources={r'/api/*': {'origins': '*'}}` */
function resourcesOf({ named }: CallArguments, seen: readonly Evidence[]): readonly Outcome[] {
  const resources = named.get('resources')?.[0].plain;
  const options = isType(resources, 'dict') ? [...resources.entries.values()] : [];
  const credentials = readPlain(named.get('supports_credentials'));
  const lists = options.map(([{ plain }]) =>
    isType(plain, 'dict') ? judgeList(readPlain(plain.entries.get('origins')) ?? null) : 'unknown',
  );
  if (lists.length > 0 && lists.every((one) => one === 'listed'))
    return [pass('Only listed origins are allowed.', seen)];
  if (lists.includes('all') && credentials === true)
    return [fail('All origins are allowed, with credentials.', seen, fix)];
  return [unknown('The list of origins is computed, or is for some addresses only.', fix, seen)];
}

function readPlain(value: Value | undefined): Plain | undefined {
  return value?.length === 1 ? value[0].plain : undefined;
}

/** flask-cors takes a text with signs of patterns as a pattern, which has to fit the begin of the origin. */
const anyPattern = /^\^?(https?\??:\/\/)?\(?(\.[*+]|\[\^\/\][*+])\)?\$?$/;

function judgeList(plain: Plain | undefined): 'all' | 'listed' | 'unknown' {
  if (plain === '*') return 'all';
  const items =
    typeof plain === 'string'
      ? [plain]
      : isType(plain, 'list') && plain.more === undefined
        ? plain.items.map((item) => readPlain(item))
        : [undefined];
  if (items.includes('*') || items.includes('null')) return 'all';
  if (items.some((item) => typeof item === 'string' && anyPattern.test(item))) return 'all';
  return items.every((item) => typeof item === 'string' && /^https?:\/\/[\w.-]+(:\d+)?$/.test(item))
    ? 'listed'
    : 'unknown';
}

const fix = "CORS(app, origins=['https://app.shop.example'])";
