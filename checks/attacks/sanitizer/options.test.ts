import { configureEvents } from 'bulwark/event';
import {
  createSanitizer,
  type Preset,
  type PresetName,
  type PresetOptions,
  preset,
  render,
  sanitize,
  sanitizeWithReport,
} from 'bulwark/html';
import { beforeAll, expect, test } from 'vitest';
import { optionAttacks, optionUses } from './options.ts';

beforeAll(() => {
  configureEvents({ sinks: [{ name: 'nothing', write: () => undefined }] });
});

const clean = (markup: unknown, policy: unknown) =>
  render(sanitize(markup as string, policy as Preset | PresetName));

function codeOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return (error as { code?: unknown }).code ?? (error as Error).name;
  }
  return 'accepted';
}

test('options that break the promise are refused at set-up', () => {
  const unexpected: unknown[] = [];
  for (const { id, base = 'article', options, open } of optionAttacks) {
    const code = codeOf(() => preset(base, options as PresetOptions));
    if ((code === 'bulwark/invalid-option') === (open === undefined)) continue;
    unexpected.push({ id, code, open });
  }
  expect(unexpected).toEqual([]);
});

test('options in order are accepted', () => {
  const refused = optionUses.map(({ id, base, options }) => [id, codeOf(() => preset(base, options))]);
  expect(refused.filter(([, code]) => code !== 'accepted')).toEqual([]);
});

test('the preset of the documentation does what it says there', () => {
  const handbook = preset('article', {
    attributes: { '*': ['id', 'title'], a: ['href'], img: ['src', 'alt'], span: ['style'] },
    protocols: ['https'],
    classes: { code: ['language-*'], p: ['lead', /note-\d+/] },
    idPrefix: 'doc-',
    styles: ['color', 'text-align'],
    rel: ['nofollow', 'noopener'],
    images: (url) =>
      url.startsWith('/image/') ? url : url.startsWith('https:') ? '/image/signed' : undefined,
  });
  expect(clean('<h2 id="x">a</h2><a href="#x">b</a>', handbook)).toBe(
    '<h2 id="doc-x">a</h2><a href="#doc-x" rel="nofollow noopener">b</a>',
  );
  expect(clean('<a href="http://a.test/">a</a><a href="/b">b</a>', handbook)).toBe(
    'a<a href="/b" rel="nofollow noopener">b</a>',
  );
  expect(clean('<img src="/image/1.png" alt="a"><img src="https://b.test/" alt="b">', handbook)).toBe(
    '<img src="/image/1.png" alt="a"><img src="/image/signed" alt="b">',
  );
  expect(
    clean('<p class="lead x note-12 note-12x xnote-1">a</p><code class="language-c c">b</code>', handbook),
  ).toBe('<p class="lead note-12">a</p><code class="language-c">b</code>');
  expect(clean('<span style="color: red; position: fixed; text-align: center">a</span>', handbook)).toBe(
    '<span style="color: red; text-align: center">a</span>',
  );
});

test('a preset is one that preset() gave, and stays as it was', () => {
  const real = preset('comment') as unknown as Record<string, unknown>;
  const forged = [
    { ...real, tags: ['script'] },
    Object.create(real, { tags: { value: ['script'] } }),
    new Proxy(real, { get: (target, key) => (key === 'tags' ? ['script'] : Reflect.get(target, key)) }),
    JSON.parse(JSON.stringify(real)),
    'nothing',
    '__proto__',
    'constructor',
    'toString',
    'COMMENT',
    null,
    undefined,
    {},
    ['comment'],
    new String('comment'),
    Symbol.iterator,
  ];
  for (const one of forged) expect(codeOf(() => clean('<b>a</b>', one))).toBe('bulwark/invalid-option');
  for (const key of ['tags', 'protocols', 'styles', 'rel']) {
    expect(() => (real[key] as string[]).push('script')).toThrow(TypeError);
  }
  expect(() => Object.assign(real, { images: () => 'javascript:' })).toThrow(TypeError);
  expect(() => Object.assign(real['attributes'] as object, { b: ['onclick'] })).toThrow(TypeError);
  expect(clean('<script>a</script><b onclick="x">b</b>', 'comment')).toBe('<b>b</b>');
});

test('options are read once', () => {
  const tags = ['b', 'p'];
  const attributes: Record<string, string[]> = { '*': ['title'] };
  const classes: Record<string, (string | RegExp)[]> = { b: ['x'] };
  let reads = 0;
  const rules = preset('article', {
    tags,
    attributes,
    classes,
    get idPrefix() {
      reads += 1;
      return reads === 1 ? 'a-' : '"><script>';
    },
  });
  tags.push('script');
  attributes['*']?.push('onclick');
  attributes['b'] = ['onclick'];
  classes['b']?.push('evil');
  expect(
    clean('<b class="x evil" onclick="a" title="t">x</b><script>1</script><a href="#x">y</a>', rules),
  ).toBe('<b class="x" title="t">x</b>y');
  expect(reads).toBe(1);
  const changing = ['b'];
  let element = 0;
  Object.defineProperty(changing, 0, { get: () => (element++ === 0 ? 'b' : 'script') });
  expect(clean('<script>a</script><b>x</b>', preset('article', { tags: changing }))).toBe('<b>x</b>');
});

test('regular expressions keep no state, and are those that were given', () => {
  const global = /note-\d+/g;
  const sticky = /note-\d+/y;
  const plain = /a|b/;
  const rules = preset('article', { classes: { p: [global], div: [sticky], b: [plain], i: [/n$/m] } });
  for (let round = 0; round < 4; round += 1) {
    global.lastIndex = round;
    expect(clean('<p class="note-1 note-2">x</p><div class="note-1 note-2">y</div>', rules)).toBe(
      '<p class="note-1 note-2">x</p><div class="note-1 note-2">y</div>',
    );
  }
  expect(clean('<b class="a xax ab b">x</b><i class="n&#10;x">y</i>', rules)).toBe(
    '<b class="a b">x</b><i class="n">y</i>',
  );
  Object.assign(plain, { test: () => true, exec: () => ['evil'] });
  plain.compile('.*');
  expect(clean('<b class="evil a">x</b>', rules)).toBe('<b class="a">x</b>');
});

test('what images gives is checked again', () => {
  const gives = (value: unknown) =>
    clean('<img src="https://a.test/a.png" alt="a">', preset('article', { images: () => value as string }));
  const dropped: unknown[] = [
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'data:text/html,x',
    'blob:https://a.test/1',
    'file:///etc/passwd',
    `/${'x'.repeat(5000)}`,
    undefined,
    null,
    5,
    Symbol.iterator,
    ['/x'],
    { toString: () => 'javascript:alert(1)' },
    new String('/x'),
    Promise.resolve('/x'),
    () => '/x',
  ];
  for (const value of dropped) expect(gives(value)).toBe('');
  expect(gives('/i?a=1&b="2"<3>')).toBe('<img src="/i?a=1&amp;b=&quot;2&quot;&lt;3&gt;" alt="a">');
  expect(gives('https://cdn.test/x')).toBe('<img src="https://cdn.test/x" alt="a">');
  const within = preset('article', {
    images(url) {
      clean('<img src="/b" onerror="x"><script>a</script><p>', 'article');
      return url;
    },
  });
  expect(clean('<p><img src="/a"><b>c</b><img src="/d">', within)).toBe(
    '<p><img src="/a"><b>c</b><img src="/d"></p>',
  );
  const failing = preset('article', {
    images() {
      throw new RangeError('mine');
    },
  });
  expect(codeOf(() => clean('<img src="/a">', failing))).toBe('RangeError');
  expect(clean('<p>a</p>', failing)).toBe('<p>a</p>');
});

test('what is not text is refused', () => {
  const cached = createSanitizer('comment', { cache: 5 });
  for (const value of [{}, [], ['<b>'], new String('<b>'), { toString: () => '<b>' }]) {
    expect(codeOf(() => clean(value, 'comment'))).toBe('html/not-text');
    expect(codeOf(() => cached(value as string))).toBe('html/not-text');
    expect(codeOf(() => sanitizeWithReport(value as string, 'comment'))).toBe('html/not-text');
  }
  for (const value of [null, undefined, 5, true, 5n, Symbol.iterator, () => '<b>']) {
    expect(codeOf(() => clean(value, 'comment'))).toBe('html/invalid-value');
  }
});

test('limits are those of the table, to the last one', () => {
  const tooMuch = 'html/markup-too-complex';
  const sizes: [PresetName, number][] = [
    ['text', 2_000_000],
    ['comment', 200_000],
    ['article', 2_000_000],
    ['markdown', 2_000_000],
    ['email', 2_000_000],
  ];
  for (const [name, size] of sizes) {
    expect(codeOf(() => clean('x'.repeat(size), name))).toBe('accepted');
    expect(codeOf(() => clean('x'.repeat(size + 1), name))).toBe(tooMuch);
  }
  const title = (size: number) => `<svg><title>${'x'.repeat(size - 26)}</title></svg>`;
  expect(codeOf(() => clean(title(1_000_000), 'svg'))).toBe('accepted');
  expect(codeOf(() => clean(title(1_000_001), 'svg'))).toBe(tooMuch);
  expect(codeOf(() => clean('<br>'.repeat(20_000), 'comment'))).toBe('accepted');
  expect(codeOf(() => clean('<br>'.repeat(20_001), 'comment'))).toBe(tooMuch);
  expect(codeOf(() => clean('<br>'.repeat(100_000), 'article'))).toBe('accepted');
  expect(codeOf(() => clean('<br>'.repeat(100_001), 'article'))).toBe(tooMuch);
  expect(codeOf(() => clean('<b>'.repeat(1_001), 'comment'))).toBe(tooMuch);
  expect(codeOf(() => clean('&'.repeat(100_000), 'comment'))).toBe(tooMuch);
  const wide = (count: number) => `<p ${Array.from({ length: count }, (_, i) => `a${i}=""`).join(' ')}>x</p>`;
  expect(codeOf(() => clean(wide(200), 'comment'))).toBe('accepted');
  expect(codeOf(() => clean(wide(201), 'comment'))).toBe(tooMuch);
  expect(codeOf(() => clean(`<svg>${wide(101)}</svg>`, 'svg'))).toBe(tooMuch);
  expect(clean(`<p title="${'x'.repeat(1_025)}">a</p>`, 'article')).toBe('<p>a</p>');
  expect(clean(`<a href="/${'x'.repeat(4_096)}">a</a>`, 'article')).toBe('a');
  expect(clean(`<p style="${'color:red;'.repeat(410)}">a</p>`, 'email')).toMatch(
    /<div><p>a<\/p><\/div><\/div>$/,
  );
});

test('what was accepted is accepted again, near every limit', () => {
  for (const size of [4_060, 4_070, 4_082, 4_083, 4_095]) {
    const once = clean(`<a href="#${'x'.repeat(size)}">a</a>`, 'markdown');
    expect(clean(once, 'markdown')).toBe(once);
  }
  for (const depth of [94, 95, 96, 97, 98, 99, 100, 101]) {
    for (const inside of [
      '<table><td>x',
      '<a href=#x><b>y</b><pre>\n\nq</pre></a><p>s<p>t',
      '<ul><li>a<ul><li>b',
      '<b><i><p>x',
    ]) {
      const once = clean(`${'<div>'.repeat(depth)}${inside}`, 'article');
      expect(clean(once, 'article')).toBe(once);
    }
  }
  for (const size of [1_000, 1_011, 1_012, 1_024]) {
    const once = clean(`<p title="${'&amp;'.repeat(size)}" id="${'y'.repeat(size)}">a</p>`, 'markdown');
    expect(clean(once, 'markdown')).toBe(once);
  }
});

test('caches do not mix', () => {
  const comment = createSanitizer('comment', { cache: 10 });
  const article = createSanitizer('article', { cache: 10 });
  const prefixed = createSanitizer(preset('markdown', { idPrefix: 'x-' }), { cache: 1 });
  const markdown = createSanitizer('markdown', { cache: 1 });
  const markup = '<h1 id="a">x</h1>';
  for (let round = 0; round < 3; round += 1) {
    expect(render(comment(markup))).toBe('x');
    expect(render(article(markup))).toBe('<h1>x</h1>');
    expect(render(prefixed(markup))).toBe('<h1 id="x-a">x</h1>');
    expect(render(markdown(markup))).toBe('<h1 id="user-content-a">x</h1>');
    expect(codeOf(() => comment('<b>'.repeat(2_000)))).toBe('html/markup-too-complex');
    for (const odd of ['\ud800<b>a', '\ufffd<b>a', '\ud801<b>a', 'e\u0301', '\u00e9', '\ufeff<b>a', '<b>a']) {
      expect(render(comment(odd))).toBe(clean(odd, 'comment'));
    }
  }
  for (const cache of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5']) {
    expect(codeOf(() => createSanitizer('comment', { cache: cache as number }))).toBe(
      'bulwark/invalid-option',
    );
  }
});

test('a report tells what was left out, and not more than a hundred', () => {
  const { html, removed, more } = sanitizeWithReport('<p onclick="x()">a</p>', 'comment');
  expect(removed).toEqual([{ kind: 'attribute', name: 'onclick', where: 'p' }]);
  expect([render(html), more]).toEqual(['<p>a</p>', 0]);
  expect(sanitizeWithReport('<p>a</p>', 'comment').removed).toEqual([]);
  const many = sanitizeWithReport('<p onclick="x">a</p>'.repeat(3_000), 'comment');
  expect(many.removed.length + many.more).toBe(3_000);
  expect(many.removed.length).toBeLessThanOrEqual(1_000);
  const odd = sanitizeWithReport(
    `<p __proto__=1 constructor=2 ${'x'.repeat(5_000)}=3><x__proto__>a</x__proto__>`,
    'comment',
  );
  expect(odd.removed.map(({ name }) => name.slice(0, 11))).toEqual([
    '__proto__',
    'constructor',
    'x'.repeat(11),
    'x__proto__',
  ]);
  expect(Math.max(...odd.removed.map(({ name }) => name.length))).toBeLessThan(200);
});
