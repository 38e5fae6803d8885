import type { Node } from 'oxc-parser';
import { keyName } from '../../../scan/languages/javascript/parse/syntax.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { type PackageUse, packageUses } from '../app/package-uses.ts';
import { runs } from '../read/condition.ts';
import type { ModuleFile } from '../read/module-file.ts';
import { literal, textOf, type Value } from '../read/value.ts';
import { isForUser, isSessionName } from './is-for-user.ts';
import { type CookieDefaults, type SessionLibrary, sessionLibraries } from './session-libraries.ts';

/** A cookie that keeps a session, with the options that it is set with. */
export interface FoundCookie {
  /** Who sets it: `express-session`, `the code's own cookie "token"`. */
  readonly by: string;
  readonly options: Value;
  readonly defaults: CookieDefaults;
  /** It is safe whatever the options say. */
  readonly isSafe: boolean;
  /** Whether it keeps a session at all is not known: its name is computed. */
  readonly isUnnamed?: true;
  /** Why nothing can be said of it, whatever the flags are. */
  readonly doubt?: string;
  readonly file: ModuleFile;
  readonly node: Node;
  readonly fix: string;
}

const nothing: Value = literal(undefined);
const unset: CookieDefaults = { secure: false, httpOnly: false, sameSite: false };
const ofKoa: CookieDefaults = { secure: 'connection', httpOnly: true, sameSite: false };

/** Every cookie of a session that the code of an application sets, or lets a library set. */
export function foundCookies(application: NodeApplication): readonly FoundCookie[] {
  const ofLibraries = packageUses(application).flatMap((use) => [
    ...sessionLibraries.flatMap((library) => ofLibrary(use, library, application)),
    ...ofBulwark(use),
    ...ofHono(use),
    ...ofAuthLibrary(use, application),
  ]);
  return [...ofLibraries, ...ownCookies(application)];
}

function ofLibrary(use: PackageUse, library: SessionLibrary, { evaluator }: NodeApplication): FoundCookie[] {
  if (use.package !== library.package || !library.calls.includes(use.path.join('.'))) return [];
  const options = optionsOf(use.args, library.options);
  const cookie = library.cookie.reduce((at, key) => evaluator.member(at, key), options);
  const { file, node } = use;
  return [
    {
      by: library.package,
      options: cookie,
      defaults: library.defaults,
      isSafe: false,
      file,
      node,
      fix: library.fix,
    },
  ];
}

function optionsOf(args: readonly Value[], which: SessionLibrary['options']): Value {
  if (typeof which === 'number') return args[which] ?? nothing;
  if (which === 'last') return args.at(-1) ?? nothing;
  return args.find(({ kind }) => kind === 'object') ?? args.find(({ kind }) => kind === 'unknown') ?? nothing;
}

function ofBulwark({ package: name, path, file, node }: PackageUse): FoundCookie[] {
  const isSessions =
    name === 'bulwark' && /^\/session(\/sealed)?\.(sessions|sealedSessions)$/.test(path.join('.'));
  if (!isSessions) return [];
  return [
    {
      by: 'bulwark/session',
      options: nothing,
      defaults: unset,
      isSafe: true,
      file,
      node,
      fix: 'sessions({ store })',
    },
  ];
}

function ofHono({ package: name, path, args, file, node }: PackageUse): FoundCookie[] {
  const called = path.join('.');
  if (name !== 'hono' || !/^\/cookie\.set(?:Signed)?Cookie$/.test(called)) return [];
  const options = args[called.endsWith('SignedCookie') ? 4 : 3] ?? nothing;
  return ownCookie(
    textOf(args[1]),
    args[2],
    options,
    file,
    node,
    "setCookie(c, name, value, { secure: true, httpOnly: true, sameSite: 'Lax' })",
    unset,
    node.type === 'CallExpression' ? node.arguments[2] : undefined,
  );
}

/** `useSecureCookies` of next-auth 4.24, @auth/core 0.41 and better-auth 1.7, whose other flags are safe by default. */
function ofAuthLibrary(use: PackageUse, { evaluator }: NodeApplication): FoundCookie[] {
  const isNextAuth = use.package === 'next-auth' && use.path.length === 0;
  const isAuth =
    /^@auth\/(express|core|sveltekit|hono)$/.test(use.package) &&
    /^(ExpressAuth|Auth)$/.test(use.path.join('.'));
  const isBetter = use.package === 'better-auth' && use.path.join('.') === 'betterAuth';
  if (!isNextAuth && !isAuth && !isBetter) return [];
  const options = use.args.find(({ kind }) => kind !== 'parameter') ?? nothing;
  const holder = isBetter ? evaluator.member(options, 'advanced') : options;
  const secure = evaluator.member(holder, 'useSecureCookies');
  const isOwn =
    !isUnset(evaluator.member(options, 'cookies')) ||
    (isBetter && !isUnset(evaluator.member(holder, 'defaultCookieAttributes')));
  const isUnsaid = isUnset(secure);
  const { file, node } = use;
  const fix = `${isBetter ? 'advanced: { useSecureCookies' : 'useSecureCookies'}: process.env.NODE_ENV === 'production'${isBetter ? ' }' : ''}`;
  const base = {
    by: use.package,
    options: {
      kind: 'object',
      fields: new Map(isUnsaid ? [] : [['secure', secure]]),
      isOpen: false,
    } as Value,
    defaults: { secure: 'connection', httpOnly: true, sameSite: true } as const,
    isSafe: false,
    file,
    node,
    fix,
  };
  if (isOwn) return [{ ...base, doubt: 'it has options of its own for cookies' }];
  return [
    isUnsaid
      ? {
          ...base,
          doubt: 'Secure depends on whether the URL that is set in the environment begins with https',
        }
      : base,
  ];
}

function isUnset(value: Value): boolean {
  return value.kind === 'literal' && (value.value === undefined || value.value === null);
}

/** `res.cookie('token', ...)`, `reply.setCookie`, `ctx.cookies.set`, `cookies().set` */
function ownCookies({ modules, evaluator }: NodeApplication): readonly FoundCookie[] {
  return modules.flatMap((file) =>
    file.nodes.flatMap((node): FoundCookie[] => {
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
      const { object, property, computed } = node.callee;
      const method = property.type === 'PrivateIdentifier' ? undefined : keyName(property, computed);
      const holder = file.shown(object);
      const isSet =
        (method === 'cookie' && /^(?:res|response|reply)\b/.test(holder)) ||
        (method === 'setCookie' && /^(?:res|response|reply)\b/.test(holder)) ||
        (method === 'set' &&
          (/cookies?(?:\(\)|Store|Jar)?\)?$/i.test(holder) || isJar(evaluator.evaluate(file, object))));
      if (!isSet || runs(file, node, evaluator) === 'never') return [];
      const args = node.arguments.map((one) => evaluator.evaluate(file, one));
      // Next: `cookies().set({ name, value, httpOnly: true })`
      const [whole] = args;
      const isWhole = args.length === 1 && whole?.kind === 'object';
      if (args.length < 2 && !isWhole) return [];
      const part = (name: string): Value => (whole ? evaluator.member(whole, name) : nothing);
      const [name, value, options] = isWhole ? [part('name'), part('value'), whole] : args;
      const text = name?.kind === 'text' ? name.text : textOf(name);
      const fix = `pass { secure: true, httpOnly: true, sameSite: 'lax' } to ${method}()`;
      // Koa sets cookies through the package cookies.
      const defaults = /^(?:ctx|context|this)\.cookies$/.test(holder) ? ofKoa : unset;
      const holding = isWhole ? node : node.arguments[1];
      return ownCookie(text, value, options ?? nothing, file, node, fix, defaults, holding);
    }),
  );
}

/** `const jar = await cookies()` of Next. */
function isJar(value: Value): boolean {
  const { callee } = value.kind === 'result' ? value : {};
  return callee?.kind === 'package' && callee.name === 'next' && callee.path.join('.') === '/headers.cookies';
}

function ownCookie(
  name: string | undefined,
  value: Value | undefined,
  options: Value,
  file: ModuleFile,
  node: Node,
  fix: string,
  defaults: CookieDefaults = unset,
  holding?: Node,
): FoundCookie[] {
  // An empty value removes a cookie.
  if (textOf(value) === '') return [];
  const base = { options, defaults, isSafe: false, file, node, fix };
  if (name === undefined) return [{ ...base, by: 'a name that is computed', isUnnamed: true }];
  return isSessionName(name) || (holding !== undefined && isForUser(name, file, holding))
    ? [{ ...base, by: `the application itself, ${JSON.stringify(name.replaceAll('\0', '...'))},` }]
    : [];
}
