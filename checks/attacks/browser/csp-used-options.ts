import { good, hash, type OptionCase } from './option-case.ts';

/** Options of `csp` that sites use. */
export const usedOptions: readonly OptionCase[] = [
  good({}, [
    "default-src 'self'",
    "script-src 'nonce-N' 'strict-dynamic'",
    "style-src 'self' 'nonce-N'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]),
  good({ extend: { 'connect-src': ['https://api.example.com', 'wss://live.example.com'] } }, [
    "connect-src 'self' https://api.example.com wss://live.example.com",
  ]),
  good(
    {
      extend: {
        'frame-src': [
          'https://js.stripe.com',
          'https://www.google.com/recaptcha/',
          'https://recaptcha.google.com/recaptcha/',
        ],
      },
    },
    [
      "frame-src 'self' https://js.stripe.com https://www.google.com/recaptcha/ https://recaptcha.google.com/recaptcha/",
    ],
  ),
  good(
    {
      extend: {
        'font-src': ['https://fonts.gstatic.com', 'data:'],
        'style-src': ['https://fonts.googleapis.com'],
      },
    },
    [
      "font-src 'self' https://fonts.gstatic.com data:",
      "style-src 'self' 'nonce-N' https://fonts.googleapis.com",
    ],
  ),
  good({ extend: { 'img-src': ['https://*.example.com', 'blob:', 'https:'] } }, [
    "img-src 'self' data: https://*.example.com blob: https:",
  ]),
  good({ extend: { 'worker-src': ['blob:'] } }, ["worker-src 'self' blob:"]),
  good({ extend: { 'media-src': ['https://video.example.com:8443/path/'] } }, [
    "media-src 'self' https://video.example.com:8443/path/",
  ]),
  good({ extend: { 'style-src': ["'unsafe-inline'"] } }, ["'unsafe-inline'"]),
  good({ extend: { 'script-src': ["'wasm-unsafe-eval'"] } }, [
    "script-src 'nonce-N' 'strict-dynamic' 'wasm-unsafe-eval'",
  ]),
  good({ extend: { 'script-src': [hash] } }, [hash]),
  good({ extend: { 'script-src': ["'report-sample'"] } }, ["'report-sample'"]),
  good({ extend: { 'form-action': ['https://pay.example.com'] } }, [
    "form-action 'self' https://pay.example.com",
  ]),
  good(
    { extend: { 'frame-ancestors': ['https://partner.example.com'] } },
    ['frame-ancestors https://partner.example.com'],
    ["frame-ancestors 'none' "],
  ),
  good({ extend: { 'base-uri': ["'self'"] } }, ["base-uri 'self'"]),
  good({ extend: { 'manifest-src': ['https://cdn.example.com'] } }, [
    "manifest-src 'self' https://cdn.example.com",
  ]),
  good({ extend: { 'child-src': ['https://a.example.com'] } }, ['child-src ', 'https://a.example.com']),
  good({ directives: { 'upgrade-insecure-requests': [] } }, ['upgrade-insecure-requests']),
  good({ directives: { sandbox: ['allow-scripts', 'allow-forms'] } }, ['sandbox allow-scripts allow-forms']),
  good({ directives: { sandbox: [] } }, ['sandbox']),
  good({ directives: { 'form-action': false } }, [], ['form-action']),
  good({ directives: { 'script-src': ["'self'"] } }, ["script-src 'self'"], ['nonce-N' + "' 'strict"]),
  good({ directives: { 'script-src': ["'self'", 'https://cdn.example.com/lib/'] } }, [
    "script-src 'self' https://cdn.example.com/lib/",
  ]),
  good({ directives: { 'script-src': ["'nonce'", "'self'"] } }, ["script-src 'nonce-N' 'self'"]),
  good({ directives: { 'script-src': ["'none'"] } }, ["script-src 'none'"]),
  good({ directives: { 'frame-ancestors': ["'self'", 'https://*.example.com'] } }, [
    "frame-ancestors 'self' https://*.example.com",
  ]),
  good({ directives: { 'IMG-SRC': ["'self'"] } }, ["img-src 'self'"], ['data:']),
  good({ directives: { 'img-src': ['*'] } }, ['img-src *']),
  good({ directives: { 'connect-src': ["'self'", 'http://localhost:*', 'ws://localhost:3000'] } }, [
    "connect-src 'self' http://localhost:* ws://localhost:3000",
  ]),
  good(
    { directives: { 'img-src': ["'self'", 'https://xn--mller-kva.example', 'https://a.example/%3B%2C'] } },
    ['https://a.example/%3B%2C'],
  ),
  good(
    {
      trustedTypes: 'enforce',
      trustedTypesPolicies: ['bulwark', 'bulwark-parse', 'default', 'dompurify', 'goog#html'],
    },
    ["require-trusted-types-for 'script'", 'trusted-types bulwark bulwark-parse default dompurify goog#html'],
  ),
  good({ trustedTypes: false }, [], ['trusted-types']),
  good({ reportTo: '/csp-reports' }, ['report-uri /csp-reports', 'report-to ', 'Reporting-Endpoints']),
  good({ reportTo: 'https://reports.example.com/csp?app=1' }, [
    'report-uri https://reports.example.com/csp?app=1',
  ]),
  good({ reportOnly: true }, ['Content-Security-Policy-Report-Only', "script-src 'nonce-N'"]),
  good({ reportOnly: { 'img-src': ["'self'"] } }, ["img-src 'self' data:", "img-src 'self';"]),
  good(
    {
      allowUnsafeScripts: true,
      directives: { 'script-src': ["'self'", "'unsafe-inline'", "'unsafe-eval'"] },
    },
    ["script-src 'self' 'unsafe-inline' 'unsafe-eval'"],
  ),
  good({ extend: { 'style-src-elem': ['https://cdn.example.com'] } }, [
    "style-src-elem 'self' 'nonce-N' https://cdn.example.com",
  ]),
  good({ extend: { 'style-src-attr': ["'unsafe-inline'"] } }, ['style-src-attr ']),
  good({ extend: { 'object-src': ["'self'"] } }, ["object-src 'self'"]),
  good(
    { directives: { 'script-src': [hash, "'strict-dynamic'"], 'style-src': ["'self'"] } },
    [hash],
    ['nonce'],
  ),
  good({ directives: { 'report-uri': ['/csp-reports'] } }, ['report-uri /csp-reports']),
];
