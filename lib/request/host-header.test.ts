import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeHost } from './host-header.ts';

const judge = (host: string | readonly string[], target = '/'): boolean =>
  judgeHost(
    target,
    [host].flat().flatMap((value) => ['Host', value]),
  ).allow;

describe('judgeHost', () => {
  it.each([
    ...[
      'example.com',
      'EXAMPLE.com.',
      'shop_1:3000',
      'localhost',
      '127.0.0.1:8080',
      '[::1]',
      '[2001:db8::1]:443',
    ],
    ...['xn--bcher-kva.example', 'a-b.c~d.example:', '10.0.0.1:65535', ''],
  ])('accepts %j', (host) => {
    expect(judge(host)).toBe(true);
  });

  it.each([
    ...['a b', 'a.example, b.example', 'a.example/x', 'user@a.example', 'a.example?x', 'a.example#x', 'a\\b'],
    ...[
      'a.example:99999',
      'a.example:http',
      'a.example:80:80',
      '::1',
      '[::1',
      '[::1]x',
      'a.example"><script>',
    ],
    ...[
      "a.example'",
      'b\u00fccher.example',
      'a%2eexample',
      ':80',
      ' ',
      'a;b',
      '[fe80::1%25eth0]',
      `${'a'.repeat(256)}`,
    ],
  ])('refuses %j', (host) => {
    expect(judge(host)).toBe(false);
  });

  it('refuses a second line, in whatever case and even with the same host', () => {
    expect(judge(['a.example', 'b.example'])).toBe(false);
    expect(judge(['a.example', 'a.example'])).toBe(false);
    expect(judgeHost('/', ['host', 'a.example', 'Accept', 'x', 'HOST', 'b.example'])).toMatchObject({
      ...{ allow: false, code: 'request/invalid-host', detail: { host: 'b.example', reason: 'repeated' } },
    });
    expect(judgeHost('/', ['Host', 'a.example', 'X-Forwarded-Host', 'b.example']).allow).toBe(true);
  });

  it('accepts an absolute target that names the same host, and no other', () => {
    for (const target of [
      'http://a.example/x',
      'HTTP://A.EXAMPLE:80/x',
      'http://a.example',
      'http://a.example?q=/',
    ]) {
      expect(judge('a.example', target)).toBe(true);
    }
    expect(judge('a.example:443', 'https://a.example/')).toBe(true);
    for (const target of [
      ...['http://b.example/', 'http://a.example:8080/', 'http://a.example@b.example/', 'ftp://a.example/'],
      ...['http:///x', 'http://b.example\\a.example/', 'a.example:443', 'javascript:alert(1)'],
    ]) {
      expect(judge('a.example', target), target).toBe(false);
    }
    expect(judgeHost('http://a.example/', []).allow).toBe(true);
  });

  it.each([
    ['u:s3cret@a', '/', '[redacted]@a'],
    ['u:p@s3cret@a.example:80', '/', '[redacted]@a.example:80'],
    ['u:s3cret%40a', '/', '[redacted]@a'],
    ['u:s3cret%2540a', '/', '[redacted]@a'],
    ['s3cret\n@a', '/', '[redacted]@a'],
    ['a.example', 'http://u:s3cret@b/x', '[redacted]@b'],
    ['a.example', 'http://s3cret@b/x', '[redacted]@b'],
    ['b.example, c.example', '/', 'b.example, c.example'],
  ])('keeps user information out of the event: Host %j, target %j', (host, target, written) => {
    expect(judgeHost(target, ['Host', host])).toMatchObject({ detail: { host: written } });
    const twice = judgeHost(target, ['Host', 'a', 'Host', host]);
    expect(JSON.stringify(twice)).not.toContain('s3cret');
  });

  it('leaves the target `*`, paths that look like hosts, and requests without Host to the server', () => {
    for (const target of ['*', '//b.example/x', '/http://b.example/', undefined]) {
      expect(judgeHost(target, ['Host', 'a.example']).allow).toBe(true);
    }
    expect(judgeHost('/', []).allow).toBe(true);
  });

  it('accepts only what stands in a URL as one host', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab.:@/\\?#[]%1 ,\'"<') }), (host) => {
        fc.pre(judge(host) && URL.canParse(`http://${host}/`));
        const url = new URL(`http://${host}/`);
        expect([url.username, url.pathname, url.search, url.hash]).toEqual(['', '/', '', '']);
      }),
      { numRuns: 2_000, examples: [['a'], ['1.b:1'], ['[::1]']] },
    );
  });
});
