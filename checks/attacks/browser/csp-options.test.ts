import { createHash } from 'node:crypto';
import { Misuse } from 'bulwark';
import { csp, sourceHash } from 'bulwark/csp';
import { expect, test } from 'vitest';
import { codeOf, surprises, type Verdict } from './case.ts';
import { refusedOptions } from './csp-refused-options.ts';
import { usedOptions } from './csp-used-options.ts';

const nonce = 'N'.repeat(22);

test('options of a policy', () => {
  const verdicts = [...refusedOptions, ...usedOptions].map((one): Verdict => {
    let text = '';
    const code = codeOf(() => {
      text = csp(one.options)
        .headers(nonce)
        .map(([name, value]) => `${name}: ${value};`)
        .join('\n')
        .replaceAll(nonce, 'N');
    });
    if (one.kind === 'attack') {
      const fits =
        one.code === 'any' ? code.startsWith('csp/') || code === 'bulwark/invalid-option' : code === one.code;
      return [one, fits ? '' : `gives ${code || text}`];
    }
    if (code) return [one, code];
    const missing = (one.holds ?? []).filter((part) => !text.includes(part));
    const extra = (one.lacks ?? []).filter((part) => text.includes(part));
    return [
      one,
      missing.length + extra.length
        ? `lacks ${missing.join(' | ')}, holds ${extra.join(' | ')}: ${text}`
        : '',
    ];
  });
  expect(surprises(verdicts)).toEqual([]);
});

test('nonces that are none', () => {
  const policy = csp();
  const bad = [
    '',
    'abc',
    'A'.repeat(21),
    `${'A'.repeat(22)}'`,
    `${'A'.repeat(22)}; script-src *`,
    `${'A'.repeat(22)}\r\nX: y`,
    `${'A'.repeat(22)} `,
    '\u00e9'.repeat(22),
    '*'.repeat(24),
    `${'A'.repeat(22)}===`,
    undefined,
    null,
    7,
    {},
    ['A'.repeat(24)],
    { toString: () => 'A'.repeat(24) },
    new String('A'.repeat(24)),
    `A=${'A'.repeat(22)}`,
    `${'A'.repeat(22)}\n`,
  ];
  expect(
    bad
      .filter((one) =>
        [(one: unknown) => policy.header(one as never), (one: unknown) => policy.headers(one as never)].some(
          (way) => codeOf(() => way(one)) !== 'csp/invalid-nonce',
        ),
      )
      .map((one) => JSON.stringify(one)),
  ).toEqual([]);
  for (const one of [
    'A'.repeat(22),
    'A'.repeat(24),
    `${'A'.repeat(22)}==`,
    'Ab+/9_-Ab+/9_-Ab+/9_-Ab',
    `${'A'.repeat(43)}=`,
  ])
    expect(codeOf(() => policy.header(one))).toBe('');
});

test('the options are read once', () => {
  const options = {
    extend: { 'img-src': ['https://a.example'] },
    directives: { 'font-src': ["'self'"] as string[] },
  };
  const policy = csp(options);
  const before = policy.header(nonce);
  options.extend['img-src'].push('x; script-src *');
  options.directives['font-src'] = ['*'];
  expect(policy.header(nonce)).toBe(before);
  expect(csp().header(nonce)).not.toContain('a.example');
  const list = policy.headers(nonce) as [string, string][];
  try {
    list.push(['X', 'y']);
    (list[0] as [string, string])[1] = 'x';
  } catch {}
  expect(policy.header(nonce)).toBe(before);
  expect(policy.headers(nonce)).toHaveLength(2);
});

test('a source that answers differently each time it is read', () => {
  const verdicts = ['https://a.example; script-src *', "'unsafe-inline'"].map((after): Verdict => {
    const seen: string[] = [];
    for (let turn = 1; turn < 8; turn++) {
      let at = 0;
      const sources = new Proxy(["'self'"], {
        get: (target, key, self) =>
          key === '0' ? (at++ < turn ? "'self'" : after) : Reflect.get(target, key, self),
      });
      let text = '';
      codeOf(() => {
        text = csp({ directives: { 'script-src': sources, 'style-src-attr': false } }).header(nonce);
      });
      if (text.includes(after)) seen.push(`in the policy where it comes at reading ${turn + 1}`);
    }
    return [{ kind: 'attack', name: after }, seen.join()];
  });
  expect(surprises(verdicts)).toEqual([]);
});

test('a polluted prototype changes no policy', () => {
  const clean = csp().headers(nonce);
  const names = {
    directives: { 'script-src': ['*'] },
    allowUnsafeScripts: true,
    extend: { 'img-src': ['*'] },
    reportTo: 'https://evil.example/',
    reportOnly: true,
    trustedTypes: false,
    'script-src': ['*'],
    'img-src': ['*'],
  };
  const proto = Object.prototype as unknown as Record<string, unknown>;
  try {
    Object.assign(proto, names);
    let seen: unknown;
    const code = codeOf(() => {
      seen = [csp().headers(nonce), csp({}).headers(nonce), csp({ extend: {} }).headers(nonce)];
    });
    expect(code === '' ? seen : code).toEqual([clean, clean, clean]);
  } finally {
    for (const name of Object.keys(names)) delete proto[name];
  }
});

test('changes for a route', () => {
  const loose = csp({ allowUnsafeScripts: true, directives: { 'script-src': ["'unsafe-inline'"] } });
  expect(codeOf(() => loose.with({ extend: { 'script-src': ["'unsafe-eval'"] } }))).toBe(
    'csp/unsafe-scripts',
  );
  const base = csp({ extend: { 'img-src': ['https://a.example'] } });
  const more = base.with({ extend: { 'img-src': ['https://b.example'] } });
  expect(more.header(nonce)).toContain("img-src 'self' data: https://a.example https://b.example");
  expect(base.header(nonce)).not.toContain('b.example');
  expect(codeOf(() => base.with({ directives: { 'base-uri': false } }))).toBe('csp/unsafe-scripts');
  expect(base.with({ reportOnly: true }).name).toBe('Content-Security-Policy-Report-Only');
  expect(base.with({}).headers(nonce)).toEqual(base.headers(nonce));
});

test('hashes', () => {
  const text = "alert('\u00fc');\n";
  for (const algorithm of ['sha256', 'sha384', 'sha512'] as const)
    expect(sourceHash(text, algorithm)).toBe(
      `'${algorithm}-${createHash(algorithm).update(text, 'utf8').digest('base64')}'`,
    );
  for (const bad of [{}, null, undefined, 7, ['a']])
    expect(
      codeOf(() => sourceHash(bad as never)),
      String(bad),
    ).toMatch(/^(bulwark|csp)\//);
  expect(codeOf(() => sourceHash('x', 'md5' as never))).toMatch(/^(bulwark|csp)\//);
  expect(() => csp({ directives: { x: [] } })).toThrow(Misuse);
});
