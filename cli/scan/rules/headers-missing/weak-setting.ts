import type { UseReport } from '../kit/rule.ts';
import { settingsOf } from '../kit/settings.ts';
import { isConst, known, option, type Use } from '../kit/use.ts';
import { hasText, isProductionSetting, textsOf } from '../kit/web/django-settings.ts';
import { policyWeakness } from '../kit/web/policy-directives.ts';

const names: ReadonlySet<string> = new Set(
  `SECURE_CONTENT_TYPE_NOSNIFF SECURE_HSTS_SECONDS X_FRAME_OPTIONS CSP_SCRIPT_SRC CSP_SCRIPT_SRC_ELEM CSP_DEFAULT_SRC
  CONTENT_SECURITY_POLICY SECURE_CSP SECURE_SSL_REDIRECT MIDDLEWARE`.split(/\s+/),
);

/** Reports Django settings that disable a security header. */
export function weakSetting(use: Use): UseReport | undefined {
  const { inst } = use;
  if (!use.language.settingsAreVariables || inst.op !== 'cell-store') return undefined;
  const [setting] = settingsOf(use);
  if (!setting || !names.has(setting.name)) return undefined;
  const it = known(use, setting.value);
  switch (setting.name) {
    case 'SECURE_CONTENT_TYPE_NOSNIFF':
      return isConst(it, false)
        ? { message: 'The header `X-Content-Type-Options` is off.', confidence: 'high' }
        : undefined;
    case 'SECURE_SSL_REDIRECT':
      return isConst(it, false) && isProductionSetting(use, setting.name)
        ? { message: 'Requests over plain HTTP are not redirected to HTTPS.', confidence: 'medium' }
        : undefined;
    case 'MIDDLEWARE':
      return lackingMiddleware(use, setting.value);
    case 'SECURE_HSTS_SECONDS':
      return isConst(it, 0) ? { message: 'HSTS is off.', confidence: 'low' } : undefined;
    case 'X_FRAME_OPTIONS':
      return isConst(it, 'ALLOWALL', 'ALLOW')
        ? {
            message: 'Browsers do not know this value of `X-Frame-Options`, so any site can frame the page.',
            confidence: 'high',
          }
        : undefined;
    case 'CSP_SCRIPT_SRC':
    case 'CSP_SCRIPT_SRC_ELEM':
    case 'CSP_DEFAULT_SRC': {
      const directive = setting.name.slice(4).toLowerCase().replaceAll('_', '-');
      return ofPolicy(
        it &&
          policyWeakness({
            ...it,
            consts: undefined,
            textTemplate: undefined,
            fields: new Map([[directive, it]]),
          }),
      );
    }
    case 'CONTENT_SECURITY_POLICY':
    case 'SECURE_CSP':
      return ofPolicy(policyWeakness(option(it, 'DIRECTIVES') ?? it));
    default:
      return undefined;
  }
}

const security = /(^|\.)SecurityMiddleware$/;
const framing = /(^|\.)XFrameOptionsMiddleware$|(^|\.)CSPMiddleware$|ContentSecurityPolicy/;

/** Reports a list of middleware with sessions, but without Django's middleware for headers. */
function lackingMiddleware(use: Use, value: number): UseReport | undefined {
  const texts = textsOf(use, value);
  const isWhole =
    texts?.some((text) => text.endsWith('.SessionMiddleware')) && isProductionSetting(use, 'MIDDLEWARE');
  if (!isWhole) return undefined;
  if (!hasText(use, security))
    return {
      message: '`MIDDLEWARE` lacks `SecurityMiddleware`: no HSTS, no `nosniff`, no redirect to HTTPS.',
      confidence: 'medium',
    };
  return hasText(use, framing)
    ? undefined
    : {
        message: '`MIDDLEWARE` lacks `XFrameOptionsMiddleware`, so any site can frame the pages.',
        confidence: 'medium',
      };
}

function ofPolicy(weakness: string | undefined): UseReport | undefined {
  return weakness ? { message: `The Content-Security-Policy ${weakness}.`, confidence: 'high' } : undefined;
}
