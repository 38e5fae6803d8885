import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerTo } from './index.ts';

describe('answerTo', () => {
  it('answers anything, and repeats only a status and three headers of it', () => {
    const secret = 'hunter2';
    const error = fc.record(
      {
        message: fc.constant(secret),
        status: fc.anything(),
        statusCode: fc.anything(),
        expose: fc.oneof(fc.boolean(), fc.anything()),
        headers: fc.oneof(
          fc.anything(),
          fc.dictionary(
            fc.constantFrom('Allow', 'Retry-After', 'WWW-Authenticate', 'Set-Cookie', secret),
            fc.anything(),
          ),
        ),
        cause: fc.anything(),
        errors: fc.anything(),
        code: fc.constant('fetch/private-address'),
        detail: fc.anything(),
      },
      { requiredKeys: ['message'] },
    );
    const thrown = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
        withTypedArray: true,
      }),
      error,
      error.map((own) => Object.assign(new Error(secret), own)),
      error.map((own) => Object.assign(new URIError(secret), own)),
    );
    fc.assert(
      fc.property(thrown, (value) => {
        const { status, headers, body } = answerTo(value, 'r1');
        expect(status === 500 || (Number.isInteger(status) && status >= 400 && status < 500)).toBe(true);
        expect(body).not.toContain(secret);
        expect(Object.keys(JSON.parse(body) as object).sort()).toEqual([
          'requestId',
          'status',
          'title',
          'type',
        ]);
        for (const [name, text] of headers) {
          expect(name).toMatch(
            /^(?:Content-Type|X-Content-Type-Options|Content-Security-Policy|Cache-Control|Allow|Retry-After|WWW-Authenticate)$/,
          );
          expect(text).toMatch(/^[\x20-\x7e]+$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
