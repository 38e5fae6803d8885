import { describe, expect, it } from 'vitest';
import { type CorsOptions, cors } from './index.ts';

const app = 'https://app.example.com';

describe('options', () => {
  it.each([
    ...['null', '*', /example\.com$/, () => true, true, '*.com', 'https://*.github.io', '*.co.uk'],
    ...['http://*.vercel.app', '*.127.0.0.1', '*.example.com.'],
  ])('with the origin %s are unsafe', (origin) => {
    expect(() => cors({ origins: [app, origin] as never })).toThrow(
      expect.objectContaining({ code: 'cors/unsafe-origin' }),
    );
  });

  it.each([
    ...[
      {},
      { origins: [] },
      { origins: app },
      { origins: true },
      { origins: /x/ },
      { origins: ['app.example.com'] },
    ],
    ...[
      { origins: ['https://app.example.com/'] },
      { origins: ['https://a.*.example.com'] },
      { origins: ['https://*'] },
    ],
    ...[
      { origins: ['file:///x'] },
      { origins: ['https://a.example.'] },
      { origins: ['https://u@a.example'] },
    ],
    ...[
      { origins: [app], methods: ['*'] },
      { origins: [app], methods: ['TRACE'] },
      { origins: [app], methods: [] },
    ],
    ...[
      { origins: [app], headers: ['*'] },
      { origins: [app], headers: ['a\r\nb'] },
      { origins: [app], exposeHeaders: ['*'] },
    ],
    ...[
      { origins: [app], maxAgeSeconds: -1 },
      { origins: [app], maxAgeSeconds: 86_401 },
      { origins: [app], allowCredentials: 1 },
    ],
    ...[
      { origins: [app], credentials: true },
      { origin: app },
      { origins: ['file://'] },
      { origins: ['javascript://x'] },
    ],
  ])('that make no sense are a mistake: %j', (options) => {
    expect(() => cors(options as unknown as CorsOptions)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('are not read from a polluted prototype', () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    prototype['allowCredentials'] = true;
    prototype['origin'] = app;
    try {
      const policy = cors({ origins: [app] });
      expect(policy.answer({ method: 'GET', headers: {} }).headers).toEqual([['Vary', 'Origin']]);
      expect(policy.answer({ method: 'GET', headers: { origin: app } }).headers.length).toBe(2);
    } finally {
      for (const name of ['allowCredentials', 'origin']) delete prototype[name];
    }
  });
});
