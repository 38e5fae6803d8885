import { csp, cspReportEndpoint, suggestPolicy } from 'bulwark/csp';
import { configureEvents } from 'bulwark/event';
import { expect, test } from 'vitest';
import { codeOf, surprises, type Verdict } from './case.ts';
import { modern } from './csp-report-bodies.ts';

configureEvents({ sinks: [] });

test('what strangers report never widens a suggested policy', () => {
  const hostile = [
    'https://evil.example; script-src *',
    'https://evil.example, script-src *',
    "https://evil.example' 'unsafe-inline'",
    "'unsafe-inline'",
    "'unsafe-eval'",
    '*',
    'https://*',
    'https://*.com',
    'https:',
    'http:',
    'data:',
    'data',
    'blob',
    'blob:',
    'inline',
    'eval',
    'wasm-eval',
    'self',
    "'self'",
    'filesystem',
    'trusted-types-policy',
    'trusted-types-sink',
    'https://evil.example/"]}}); alert(1); //',
    'https://evil.example\n"img-src": ["*"]',
    'https://*.evil.example/x',
    'https://evil.example:*/',
    'javascript:alert(1)',
    'about',
    'chrome-extension://x/y',
    'moz-extension',
    'ws://evil.example',
    '//evil.example',
    'https://',
    'https://[::1',
    'http://evil.example/',
    'null',
    '',
    ' ',
    'https://a.example\u2028',
    '\u202ehttps://a.example',
    'https://\u043c\u0438\u0440.example/',
    '__proto__',
    'constructor',
    'urn:x',
  ];
  const directives = [
    'script-src',
    'script-src-elem',
    'script-src-attr',
    'object-src',
    'base-uri',
    'default-src',
    'worker-src',
    'img-src',
    'style-src',
    'style-src-elem',
    'style-src-attr',
    'font-src',
    'connect-src',
    'frame-src',
    'child-src',
    'media-src',
    'manifest-src',
    'form-action',
    'frame-ancestors',
    'require-trusted-types-for',
    'trusted-types',
    'sandbox',
    'report-uri',
    'navigate-to',
    'prefetch-src',
    '__proto__',
    'constructor',
    'x"y',
    'img-src\n',
    '',
  ];
  const verdicts: Verdict[] = [];
  const nonce = 'A'.repeat(22);
  for (const directive of directives) {
    const problems = new Set<string>();
    for (const blocked of [...hostile, 'https://evil.example/x.js']) {
      const endpoint = cspReportEndpoint();
      endpoint.take(
        JSON.stringify([
          modern({
            effectiveDirective: directive,
            blockedURL: blocked,
            documentURL: 'https://shop.example.com/\n*/',
          }),
        ]),
      );
      const { extend, text } = suggestPolicy(endpoint.violations());
      for (const [name, sources] of Object.entries(extend)) {
        if (!/^(img|style|font|connect|frame|media|manifest|prefetch)-src|^form-action$/.test(name))
          problems.add(`suggests ${name} ${sources.join(' ')} for ${JSON.stringify(blocked)}`);
        for (const source of sources)
          if (
            !/^(https?|wss?):\/\/[a-z0-9.[\]:-]+$|^'self'$/.test(source) &&
            !(/^(data|blob):$/.test(source) && /^(img|font|connect|media)/.test(name))
          )
            problems.add(`suggests ${name} ${source}`);
      }
      const code = codeOf(() => csp({ extend }).header(nonce));
      if (code) problems.add(`csp refuses what is suggested for ${JSON.stringify(blocked)}: ${code}`);
      if (
        /^\s*(\*\/|"x": 1|alert|"img-src": \["\*)/m.test(text) ||
        /[\u2028\u2029\u202e]|[^\n\P{Cc}]/u.test(text)
      )
        problems.add(`text ${text}`);
    }
    verdicts.push([
      { kind: 'attack', name: `reports for ${JSON.stringify(directive)}` },
      [...problems].join('; '),
    ]);
  }
  expect(surprises(verdicts)).toEqual([]);
});

test('what a site needs is suggested', () => {
  const endpoint = cspReportEndpoint();
  const need = [
    ['img-src', 'https://images.example.com/a.png?x=1', 'https://images.example.com'],
    ['style-src-elem', 'https://fonts.googleapis.com/css2?family=x', 'https://fonts.googleapis.com'],
    ['font-src', 'https://fonts.gstatic.com/s/x.woff2', 'https://fonts.gstatic.com'],
    ['connect-src', 'wss://live.example.com/socket', 'wss://live.example.com'],
    ['connect-src', 'https://api.example.com:8443/v1', 'https://api.example.com:8443'],
    ['frame-src', 'https://js.stripe.com/v3/', 'https://js.stripe.com'],
    ['form-action', 'https://pay.example.com/checkout', 'https://pay.example.com'],
    ['media-src', 'https://video.example.com/a.mp4', 'https://video.example.com'],
  ] as const;
  for (const [effectiveDirective, blockedURL] of need)
    for (let at = 0; at < 12; at++)
      endpoint.take(JSON.stringify([modern({ effectiveDirective, blockedURL })]));
  endpoint.take(JSON.stringify([modern({ blockedURL: 'https://once.example/' })]));
  const { extend, text } = suggestPolicy(endpoint.violations(), 10);
  const all = Object.values(extend).flat();
  for (const [, , host] of need) expect(all).toContain(host);
  expect(all).not.toContain('https://once.example');
  expect(text).toContain('12 x');
  const inline = cspReportEndpoint();
  inline.take(JSON.stringify([modern({ effectiveDirective: 'script-src-elem', blockedURL: 'inline' })]));
  expect(suggestPolicy(inline.violations()).extend).toEqual({});
  expect(suggestPolicy(inline.violations()).advice).toHaveLength(1);
  const extension = cspReportEndpoint();
  for (const sourceFile of [
    'chrome-extension://abc/x.js',
    'moz-extension://abc/x.js',
    'safari-web-extension://abc/x.js',
  ])
    extension.take(JSON.stringify([modern({ sourceFile })]));
  for (const blockedURL of ['chrome-extension', 'moz-extension://abc/x.js', 'safari-extension://x'])
    extension.take(JSON.stringify([modern({ blockedURL })]));
  expect(extension.violations()).toEqual([]);
});
