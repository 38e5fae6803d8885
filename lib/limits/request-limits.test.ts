import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestLimits } from './index.ts';

const { judge, judgeBody } = requestLimits();
const get = (url: string, more: object = {}) => judge({ method: 'GET', url, headers: {}, ...more });
const lines = (count: number): string[] => Array.from({ length: 2 * count }, (_, i) => `x-${i}`);

describe('a URL', () => {
  it('of 8,192 characters passes, and a longer one does not', () => {
    expect(get(`/${'a'.repeat(8_191)}`)).toEqual({ allow: true });
    expect(get(`/${'a'.repeat(8_192)}`)).toMatchObject({
      code: 'limits/url-too-long',
      detail: { length: 8_193 },
    });
  });

  it('is the one that came, where a router has cut its part off, or a Web request has all of it', () => {
    expect(get('/x', { originalUrl: `/${'a'.repeat(9_000)}` })).toMatchObject({
      code: 'limits/url-too-long',
    });
    expect(judge(new Request(`https://a.example/${'a'.repeat(9_000)}`))).toMatchObject({
      code: 'limits/url-too-long',
    });
    expect(judge(new Request('https://a.example/x?a=1'))).toEqual({ allow: true });
  });

  it('is not replaced by a polluted prototype', () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    prototype['originalUrl'] = '/';
    try {
      expect(get(`/${'a'.repeat(9_000)}`)).toMatchObject({ code: 'limits/url-too-long' });
    } finally {
      delete prototype['originalUrl'];
    }
  });
});

describe('header lines', () => {
  it('are limited to 100', () => {
    expect(get('/', { rawHeaders: lines(100) })).toEqual({ allow: true });
    expect(get('/', { rawHeaders: lines(101) })).toMatchObject({
      code: 'limits/too-many-headers',
      detail: { headers: 101 },
    });
  });

  it('are counted where there are no raw ones', () => {
    const headers = Object.fromEntries(lines(101).map((name) => [name, 'a']));
    expect(judge({ method: 'GET', url: '/', headers })).toMatchObject({ code: 'limits/too-many-headers' });
    expect(judge(new Request('https://a.example/', { headers }))).toMatchObject({
      code: 'limits/too-many-headers',
    });
  });
});

describe('the query', () => {
  const fields = (count: number): string => `/?${Array.from({ length: count }, (_, i) => `a${i}`).join('&')}`;

  it('has 1,000 fields at most', () => {
    expect(get(fields(1_000))).toEqual({ allow: true });
    expect(get(fields(1_001))).toMatchObject({ code: 'limits/too-many-fields', detail: { where: 'query' } });
    expect(get(`/${'&'.repeat(5_000)}`)).toEqual({ allow: true });
    expect(get(`/?${'&'.repeat(5_000)}`)).toMatchObject({ code: 'limits/too-many-fields' });
  });

  it('is counted as a parser does', () => {
    const strict = requestLimits({ maxQueryFields: 3 });
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,3}=[a-z]{0,3}$/), { maxLength: 6 }), (pairs) => {
        const decision = strict.judge({ method: 'GET', url: `/?${pairs.join('&')}`, headers: {} });
        expect(decision.allow).toBe(pairs.length <= 3);
      }),
    );
  });
});

describe('a parsed body', () => {
  const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);

  it.each([
    [undefined],
    [null],
    [1],
    ['a'.repeat(1e6)],
    [{}],
    [[]],
    [{ a: [1, { b: 2 }] }],
    [Buffer.alloc(1e6)],
    [new Uint8Array(1e6)],
  ])('of the usual kinds passes', (body) => {
    expect(judgeBody(body)).toEqual({ allow: true });
  });

  it('is 100 levels deep at most', () => {
    expect(judgeBody(nested(100))).toEqual({ allow: true });
    expect(judgeBody(nested(101))).toMatchObject({ code: 'limits/too-deep' });
    expect(judgeBody(nested(1_000_000))).toMatchObject({
      code: 'limits/too-deep',
      detail: { maxDepth: 100 },
    });
    expect(judgeBody(JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)))).toMatchObject({
      code: 'limits/too-deep',
    });
  });

  it('has 100,000 fields at most, at all depths together', () => {
    expect(judgeBody(Array.from({ length: 100_000 }, () => 0))).toEqual({ allow: true });
    expect(judgeBody(Array.from({ length: 100_001 }, () => 0))).toMatchObject({
      code: 'limits/too-many-fields',
    });
    expect(judgeBody(Array.from({ length: 1_000 }, () => Array(100).fill(0)))).toMatchObject({
      code: 'limits/too-many-fields',
      detail: { where: 'body', most: 100_000 },
    });
    expect(judgeBody(Array(4_294_967_295))).toMatchObject({ code: 'limits/too-many-fields' });
  });

  it('may refer to itself without a hang', () => {
    const loop: Record<string, unknown> = {};
    Object.assign(loop, { a: loop, b: loop });
    expect(judgeBody(loop).allow).toBe(false);
  });

  it('counts the keys __proto__ and constructor like others', () => {
    const strict = requestLimits({ maxBodyFields: 1 });
    expect(strict.judgeBody(JSON.parse('{"__proto__":1,"constructor":2}')).allow).toBe(false);
    expect(strict.judgeBody(JSON.parse('{"__proto__":1}')).allow).toBe(true);
  });

  it('is counted as a recursive walk would', () => {
    const strict = requestLimits({ maxBodyFields: 20, maxBodyDepth: 4 });
    const count = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? Object.values(value).reduce<number>((sum, item) => sum + 1 + count(item), 0)
        : 0;
    const depth = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (body) => {
        expect(strict.judgeBody(body).allow).toBe(count(body) <= 20 && depth(body) <= 4);
      }),
    );
  });
});

describe('options', () => {
  it.each([
    ...[
      { maxUrlLength: 15 },
      { maxUrlLength: '8192' },
      { maxHeaders: 1_001 },
      { maxHeaders: 0 },
      { maxQueryFields: 1.5 },
    ],
    ...[{ maxBodyFields: -1 }, { maxBodyDepth: 1_001 }, { maxBodyDepth: Number.NaN }, { maxUrl: 1 }, null],
  ])('that make no sense are a mistake: %j', (options) => {
    expect(() => requestLimits(options as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});
