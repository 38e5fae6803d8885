/**
 * Finds applications that accept any `Host` header: `ALLOWED_HOSTS = ["*"]` in Django, and `allowed_hosts=["*"]` in
 * Starlette's `TrustedHostMiddleware`.
 *
 * ## Why
 * The client chooses the `Host` header. Django builds absolute URLs from it, so an attacker who requests a password
 * reset for someone else can make the link in the mail point to the attacker's host. Caches can store pages with such
 * links as well.
 *
 * ## Bad
 * ```python
 * ROOT_URLCONF = "shop.urls"
 * ALLOWED_HOSTS = ["*"]
 * ```
 *
 * ## Good
 * ```python
 * ROOT_URLCONF = "shop.urls"
 * ALLOWED_HOSTS = ["shop.example", ".shop.example"]
 * ```
 *
 * ## When not to use it
 * If a proxy in front of the application refuses every other host. Settings for development and tests are not
 * reported, nor is a value that another settings file replaces.
 */

import { isDevelopmentPath } from '../../project/path-purpose.ts';
import { inTests, pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { settingsOf } from '../kit/settings.ts';
import { argumentId, type Use } from '../kit/use.ts';
import { isProductionSetting, textsOf } from '../kit/web/django-settings.ts';

export const rule: UseRule = Object.freeze({
  id: 'config/any-host',
  title: 'Any Host header accepted',
  severity: 'medium',
  cwe: [644, 20],
  owasp: 'A02:2025 Security Misconfiguration',
  advice: 'List the host names of the application.',
  pythonAdvice: {
    django: 'List your host names in `ALLOWED_HOSTS`, or read them from the environment.',
    fastapi: 'List your host names: `TrustedHostMiddleware(allowed_hosts=["shop.example"])`.',
    any: 'List the host names of the application.',
  },
  on: ['cell-store', 'call'],
  names: /^(ALLOWED_HOSTS|add_middleware|TrustedHostMiddleware|Middleware)$/,
  languages: ['python'],
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op === 'call') {
    const [first] = inst.args;
    const isTrusted = [inst.callee, first].some((one) => one !== undefined && isNamed(use, one));
    const hosts = isTrusted ? argumentId(use, inst, -1, 'allowed_hosts') : undefined;
    if (hosts === undefined || !isAny(use, hosts) || inTests(use) || isDevelopmentPath(pathOf(use)))
      return undefined;
    return { message: '`TrustedHostMiddleware` accepts any `Host` header.', confidence: 'medium' };
  }
  const [setting] = settingsOf(use);
  if (setting?.name !== 'ALLOWED_HOSTS' || !isAny(use, setting.value)) return undefined;
  if (!isProductionSetting(use, setting.name)) return undefined;
  return { message: '`ALLOWED_HOSTS` accepts any `Host` header.', confidence: 'medium' };
}

function isNamed({ frame }: Use, value: number): boolean {
  const inst = frame.inst(value);
  return (inst.op === 'import' || inst.op === 'member') && inst.name === 'TrustedHostMiddleware';
}

function isAny(use: Use, value: number): boolean {
  return textsOf(use, value)?.includes('*') === true;
}
