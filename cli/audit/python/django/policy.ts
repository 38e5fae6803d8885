import type { Directives } from '../../csp/script-weakness.ts';
import { headerSender, policyHeader } from '../header-sender.ts';
import { holds } from '../operators.ts';
import { isType, type Plain, type PyDict, type Value } from '../value.ts';
import type { Settings } from './django-check.ts';

/** The Content-Security-Policy that the settings send. */
export type SentPolicy =
  | { readonly kind: 'sent'; readonly directives: Directives }
  | { readonly kind: 'none' | 'unknown'; readonly summary: string };

const ownMiddleware = 'django.middleware.csp.ContentSecurityPolicyMiddleware';
const libraryMiddleware = 'csp.middleware.CSPMiddleware';

const unclear: SentPolicy = { kind: 'unknown', summary: 'The policy is computed.' };

export function djangoPolicy(settings: Settings): SentPolicy {
  const middleware = settings.plain('MIDDLEWARE');
  if (!isType(middleware, 'list'))
    return { kind: 'unknown', summary: 'MIDDLEWARE is not known: it is computed.' };
  const [own, library] = [holds(middleware, ownMiddleware), holds(middleware, libraryMiddleware)];
  if (own === true) return ofDjango(settings);
  if (library === true) return ofLibrary(settings);
  if (own === undefined || library === undefined) {
    return {
      kind: 'unknown',
      summary: 'Whether MIDDLEWARE has a middleware that sends a policy is not known.',
    };
  }
  const file = headerSender(settings.subject, policyHeader);
  if (file !== undefined)
    return { kind: 'unknown', summary: `The file ${file} speaks of a policy, and may send it.` };
  return { kind: 'none', summary: 'No Content-Security-Policy is sent.' };
}

function ofDjango(settings: Settings): SentPolicy {
  const policy = settings.plain('SECURE_CSP');
  if (policy === undefined) return { kind: 'none', summary: 'SECURE_CSP is not set.' };
  if (!isType(policy, 'dict') || policy.more !== undefined) return unclear;
  return policy.entries.size === 0 ? onlyReported(settings, 'SECURE_CSP_REPORT_ONLY') : directivesOf(policy);
}

function onlyReported(settings: Settings, name: string): SentPolicy {
  const reported = settings.plain(name);
  const isReported = isType(reported, 'dict') && reported.entries.size > 0;
  return {
    kind: 'none',
    summary: isReported ? 'The policy only reports.' : 'No Content-Security-Policy is sent.',
  };
}

/** django-csp: one dictionary since 4.0, a setting for each directive before. */
function ofLibrary(settings: Settings): SentPolicy {
  const policy = settings.plain('CONTENT_SECURITY_POLICY');
  if (isType(policy, 'dict')) {
    if (policy.more !== undefined) return unclear;
    if (isFilled(policy.entries.get('EXCLUDE_URL_PREFIXES'))) return excluded;
    const directives = policy.entries.get('DIRECTIVES')?.[0].plain;
    return isType(directives, 'dict') ? directivesOf(directives) : unclear;
  }
  if (policy !== undefined && policy !== null) return unclear;
  if (isType(settings.plain('CONTENT_SECURITY_POLICY_REPORT_ONLY'), 'dict')) {
    return onlyReported(settings, 'CONTENT_SECURITY_POLICY_REPORT_ONLY');
  }
  if (settings.plain('CSP_REPORT_ONLY') === true)
    return { kind: 'none', summary: 'The policy only reports.' };
  const prefixes = settings.plain('CSP_EXCLUDE_URL_PREFIXES');
  if (isType(prefixes, 'list') && prefixes.items.length > 0) return excluded;
  return ofSeparate(settings);
}

const excluded: SentPolicy = { kind: 'unknown', summary: 'Some addresses are excluded from the policy.' };

function isFilled(value: Value | undefined): boolean {
  const plain = value?.[0].plain;
  return (
    value !== undefined && !(isType(plain, 'list') && plain.items.length === 0 && plain.more === undefined)
  );
}

function ofSeparate(settings: Settings): SentPolicy {
  const directives = new Map<string, readonly string[]>();
  const nonces = settings.plain('CSP_INCLUDE_NONCE_IN');
  for (const [setting, name] of separate) {
    const plain = settings.plain(setting);
    if (plain === null) continue;
    const sources =
      plain === undefined ? (name === 'default-src' ? ["'self'"] : undefined) : sourcesOf(plain);
    if (plain !== undefined && !sources) return unclear;
    if (!sources) continue;
    const hasNonce = isType(nonces, 'list') && holds(nonces, name) === true;
    directives.set(name, hasNonce ? [...sources, "'nonce-'"] : sources);
  }
  return { kind: 'sent', directives };
}

const separate: readonly (readonly [setting: string, directive: string])[] = [
  ['CSP_DEFAULT_SRC', 'default-src'],
  ['CSP_SCRIPT_SRC', 'script-src'],
  ['CSP_SCRIPT_SRC_ELEM', 'script-src-elem'],
];

function directivesOf({ entries, more }: PyDict): SentPolicy {
  if (more !== undefined) return unclear;
  const directives = new Map<string, readonly string[]>();
  for (const [name, [{ plain }, ...others]] of entries) {
    if (!/^(default-src|script-src(-elem)?)$/.test(name)) continue;
    const sources = plain === undefined || others.length > 0 ? undefined : sourcesOf(plain);
    if (!sources) return unclear;
    directives.set(name, sources);
  }
  return { kind: 'sent', directives };
}

/** The sources of a list, with the names that Django and django-csp give to keywords. */
function sourcesOf(plain: Plain): readonly string[] | undefined {
  if (typeof plain === 'string') return plain.split(/\s+/).filter((one) => one !== '');
  if (!isType(plain, 'list') || plain.more !== undefined) return undefined;
  const sources: string[] = [];
  for (const [{ plain: item }, ...others] of plain.items) {
    const source =
      typeof item === 'string' ? item : isType(item, 'reference') ? keyword(item.path) : undefined;
    if (source === undefined || others.length > 0) return undefined;
    sources.push(...source.split(/\s+/));
  }
  return sources;
}

/** `django.utils.csp.CSP.SELF`, `csp.constants.NONCE` */
function keyword(path: string): string | undefined {
  const name = /^(?:django\.utils\.csp\.CSP|csp\.constants)\.([A-Z_]+)$/.exec(path)?.[1];
  if (name === undefined) return undefined;
  return name === 'NONCE' ? "'nonce-'" : `'${name.toLowerCase().replaceAll('_', '-')}'`;
}
