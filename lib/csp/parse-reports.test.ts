import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReports } from './parse-reports.ts';
import { originOf, reportUrl } from './report-url.ts';

/** As Chromium 156 sends it to `report-to`. */
const modern = {
  age: 53,
  body: {
    blockedURL: 'https://evil.example/a.js?session=1#x',
    columnNumber: 7,
    disposition: 'report',
    documentURL: 'https://user:pw@shop.example/basket?token=s3cr3t#top',
    effectiveDirective: 'script-src-elem',
    lineNumber: 12,
    originalPolicy: 'script-src ...',
    referrer: 'https://search.example/?q=private',
    sample: '',
    sourceFile: 'https://shop.example/app.js?v=2',
    statusCode: 200,
  },
  type: 'csp-violation',
  url: 'https://shop.example/basket?token=s3cr3t',
  user_agent: 'Mozilla/5.0',
};
/** As browsers send it to `report-uri`. */
const legacy = {
  'csp-report': {
    'document-uri': 'https://shop.example/basket?token=s3cr3t',
    referrer: '',
    'violated-directive': "img-src 'self'",
    'original-policy': "img-src 'self'",
    'blocked-uri': 'data',
    'status-code': 200,
  },
};
const parse = (value: unknown): ReturnType<typeof parseReports> => parseReports(JSON.stringify(value));
const changed = (body: object): unknown => [{ ...modern, body: { ...modern.body, ...body } }];

describe('parseReports', () => {
  it('reads what both kinds of browsers send, without query strings and fragments', () => {
    expect(parse([modern])).toEqual({
      ignored: 0,
      violations: [
        {
          directive: 'script-src-elem',
          blocked: 'https://evil.example/a.js',
          document: 'https://shop.example/basket',
          disposition: 'report',
          source: 'https://shop.example/app.js',
          line: 12,
        },
      ],
    });
    expect(parse(legacy)?.violations).toEqual([
      {
        directive: 'img-src',
        blocked: 'data:',
        document: 'https://shop.example/basket',
        disposition: 'enforce',
      },
    ]);
    expect(JSON.stringify([parse([modern]), parse(legacy)])).not.toMatch(/s3cr3t|session|private|pw|Mozilla/);
  });

  it('says undefined to what is no report', () => {
    for (const body of [
      '',
      'x',
      '{',
      '[]',
      '{}',
      '[1]',
      'null',
      '"csp-report"',
      '[[[]]]',
      '{"a":{"type":"x"}}',
    ]) {
      expect(parseReports(body)).toBeUndefined();
    }
    expect(parse(modern)?.violations).toHaveLength(1);
  });

  it('ignores reports of other kinds, of unknown directives and of browser extensions', () => {
    expect(parse([{ type: 'deprecation', body: {} }, modern])).toMatchObject({ ignored: 1 });
    for (const body of [
      { effectiveDirective: 'no-such' },
      { effectiveDirective: '__proto__' },
      { effectiveDirective: 7 },
      { blockedURL: 'chrome-extension' },
      { sourceFile: 'moz-extension://0f3a/inject.js' },
      { sourceFile: 'safari-web-extension' },
      { documentURL: 'not a url' },
      { blockedURL: {} },
      { blockedURL: 'https://a;script-src *.example/' },
    ]) {
      expect(parse(changed(body))).toEqual({ violations: [], ignored: 1 });
    }
    expect(parse(changed({ sourceFile: 'https://extension.example/a.js' }))?.violations).toHaveLength(1);
  });

  it('bounds what is long and makes visible what acts on a log', () => {
    const [found] =
      parse(
        changed({
          documentURL: `https://shop.example/${'a'.repeat(9_000)}`,
          sample: `\u001b[2J\r\nadmin logged in ${'x'.repeat(900)}`,
          sourceFile: 'https://shop.example/a\r\nb\u202e',
          lineNumber: 1e300,
          disposition: 'none',
        }),
      )?.violations ?? [];
    expect(found?.document.length).toBeLessThan(250);
    expect(found?.sample).toMatch(/^\\u001b\[2J\\u000d\\u000aadmin logged in x{16,20}$/);
    expect(found?.source).toBe('https://shop.example/ab%E2%80%AE');
    expect(found).not.toHaveProperty('line');
    expect(found?.disposition).toBe('enforce');
  });

  it('keeps the name of a sink and not what reached it', () => {
    const sample = 'Element innerHTML|<p>Dear Mr. Smith';
    const of = (blockedURL: string): string | undefined =>
      parse(changed({ blockedURL, sample }))?.violations[0]?.sample;
    expect(of('trusted-types-sink')).toBe('Element innerHTML');
    expect(of('inline')).toBe(sample);
  });

  it('takes a hundred reports of a huge list, and counts the rest', () => {
    expect(parse(Array.from({ length: 5_000 }, () => modern))).toMatchObject({ ignored: 4_900 });
    expect(parse(Array.from({ length: 100 }, () => modern))).toMatchObject({ ignored: 0 });
  });

  it('survives depth, __proto__ and wrong types', () => {
    expect(parseReports('['.repeat(8_000) + ']'.repeat(8_000))).toBeUndefined();
    expect(parseReports(`${'{"csp-report":'.repeat(1_000)}1${'}'.repeat(1_000)}`)?.violations).toEqual([]);
    const proto = `[{"type":"csp-violation","body":{"__proto__":${JSON.stringify(modern.body)}}}]`;
    expect(parseReports(proto)).toEqual({ violations: [], ignored: 1 });
    expect(parseReports('{"__proto__":{"csp-report":{}},"constructor":1}')).toBeUndefined();
    expect(({} as Record<string, unknown>)['csp-report']).toBeUndefined();
  });

  it('never throws, and gives only bounded printable strings', () => {
    const near = fc.record({
      type: fc.oneof(fc.constant('csp-violation'), fc.jsonValue()),
      url: fc.oneof(fc.webUrl(), fc.jsonValue()),
      body: fc.oneof(
        fc.jsonValue(),
        fc.record({
          effectiveDirective: fc.oneof(fc.constantFrom('script-src-elem', 'img-src'), fc.jsonValue()),
          blockedURL: fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary' })),
          documentURL: fc.webUrl({ withQueryParameters: true, withFragments: true }),
          sourceFile: fc.string({ unit: 'binary' }),
          sample: fc.string({ unit: 'binary' }),
          lineNumber: fc.double(),
        }),
      ),
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.array(near), near, fc.jsonValue(), fc.record({ 'csp-report': near })),
        (value) => {
          for (const violation of parse(value)?.violations ?? []) {
            for (const text of Object.values(violation).map(String)) {
              expect(text.length).toBeLessThan(500);
              // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
              expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/);
            }
            expect(`${violation.blocked} ${violation.document}`).not.toMatch(/[?#]/);
          }
        },
      ),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.string(), (text) => void parseReports(text)));
  });
});

describe('reportUrl', () => {
  it('is an origin and a path, or a scheme alone', () => {
    for (const [url, kept] of [
      ['https://a.example:8443/b/c?d=e#f', 'https://a.example:8443/b/c'],
      ['wss://a.example', 'wss://a.example/'],
      ['http://[2001:db8::1]/x', 'http://[2001:db8::1]/x'],
      ['data:text/html,secret', 'data:'],
      ['blob:https://a.example/0f3a', 'blob:'],
      ['blob', 'blob:'],
      ['https://b\u00fccher.example/', 'https://xn--bcher-kva.example/'],
    ]) {
      expect(reportUrl(url)).toBe(kept);
    }
    expect(originOf('https://a.example:8443/b')).toBe('https://a.example:8443');
    expect(originOf('data:')).toBe('data:');
  });

  it('is undefined for a host that would act in a policy', () => {
    for (const url of [
      "https://a'.example/",
      'https://a;b.example/',
      'https://a,b.example/',
      'https://*.a/',
      '',
      1,
    ]) {
      expect(reportUrl(url)).toBeUndefined();
    }
  });
});
