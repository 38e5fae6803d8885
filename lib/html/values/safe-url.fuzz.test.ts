import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { xss } from '../../testing/corpus/xss.ts';
import { urlPlan } from '../template/plan-url.ts';
import { readStartTag } from '../template/read-tag.ts';
import type { UrlPlan } from '../template/url-plan.ts';
import { allowedUrl, joinUrl, linkSchemes } from './safe-url.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

const hole = '\0';
const base = 'https://page.example/dir/sub/page';

function planOf(value: string): UrlPlan | undefined {
  const source = `<a href="${value}">`;
  const attribute = readStartTag(source, 0).attributes[0];
  if (!attribute) throw new Error('no attribute');
  try {
    return urlPlan(source, attribute, 0, 'href of <a>', false);
  } catch (error) {
    if (error instanceof Misuse) return undefined;
    throw error;
  }
}

/** Not by URL.canParse: once compiled, Node 20's says no to a string of Latin-1 letters beyond ASCII. */
function parsed(url: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}

const bits = fc.constantFrom(
  ...[
    'java',
    'script',
    'javascript',
    ':',
    '/',
    '//',
    '\\',
    '.',
    '..',
    '%2e',
    '@',
    '?',
    '#',
    '&',
    '=',
    ' ',
    '\t',
    '\n',
  ],
  ...[
    '\r',
    '\u0001',
    '\f',
    'http',
    'https',
    'data',
    'mailto:',
    'evil.example',
    'a',
    '1',
    '%',
    '\ud800',
    '\u00e9',
    '[',
    '|',
  ],
);
const value = fc.oneof(
  fc.array(bits, { maxLength: 6 }).map((list) => list.join('')),
  fc.constantFrom(...xss.filter(({ kind }) => kind === 'url').map(({ payload }) => payload)),
  fc.webUrl(),
);

describe('a URL attribute', () => {
  it('has an allowed scheme, as a URL parser reads it', () => {
    fc.assert(
      fc.property(value, (text) => {
        const allowed = allowedUrl(text, linkSchemes);
        if (allowed === undefined) return;
        const url = parsed(allowed);
        if (url) expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(url.protocol);
        expect(parsed(text)?.href).toBe(url?.href);
      }),
      { numRuns: 10_000 },
    );
  });

  it('keeps every URL that has an allowed scheme', () => {
    fc.assert(
      fc.property(value, (text) => {
        const url = parsed(text);
        if (url && linkSchemes.has(url.protocol.slice(0, -1)))
          expect(allowedUrl(text, linkSchemes)).toBeDefined();
      }),
      { numRuns: 10_000 },
    );
  });

  const rooted = [
    ...[
      '/\0',
      '/\0/\0',
      '/users/\0/edit',
      '/users/\0\0/edit',
      '/a/.\0/b',
      '/a\0',
      './\0',
      'docs/\0',
      'page\0.html',
    ],
    ...[
      '/search?q=\0',
      '?q=\0&amp;r=\0',
      '#\0',
      '/\0?\0#\0',
      'https://own.example/\0',
      'https://own.example:8080/\0/\0',
    ],
    ...[
      '//own.example/\0',
      'https://own.example?\0',
      'https://own.example#\0',
      '/%2e\0/x',
      '/\0/\0/\0',
      '\\\0',
    ],
    // What a URL parser trims, in front and behind.
    ...[
      '/users/\0 ',
      '/users/\0&#32;',
      '/users/\0&#x1f;',
      '/a/.\0&#1; ',
      ' /\0\0\t ',
      '&#1;/\0/\0\f',
      'docs/\0 ',
    ],
  ];

  it('keeps the host and the directory that its static start gives', () => {
    let kept = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...rooted),
        fc.array(value, { minLength: 3, maxLength: 3 }),
        (text, values) => {
          const plan = planOf(text);
          if (!plan) throw new Error(`refused: ${text}`);
          const joined = joinUrl(plan, values.slice(0, plan.holes.length));
          if (joined === undefined) return;
          kept++;
          const got = new URL(joined, base);
          const plain = new URL(joinUrl(plan, ['x', 'x', 'x'].slice(0, plan.holes.length)) as string, base);
          expect(got.origin).toBe(plain.origin);
          expect(got.username + got.password).toBe('');
          expect(got.pathname.split('/').length).toBe(plain.pathname.split('/').length);
          expect([...got.searchParams.keys()].length).toBeLessThanOrEqual(
            Math.max([...plain.searchParams.keys()].length, 1),
          );
        },
      ),
      { numRuns: 10_000 },
    );
    expect(kept).toBeGreaterThan(5_000);
  });

  const hosts = [
    'https://\0.example.com/',
    'https://a-\0.example.com/x',
    '//\0.example.com',
    'https://\0.\0.example.com?\0',
  ];

  it('keeps the end of a host name that is static', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...hosts),
        fc.array(value, { minLength: 3, maxLength: 3 }),
        (text, values) => {
          const plan = planOf(text) as UrlPlan;
          const joined = joinUrl(plan, values.slice(0, plan.holes.length));
          const url = joined === undefined ? undefined : parsed(joined);
          if (url)
            expect(url.hostname.endsWith('.example.com') && url.port === '' && url.username === '').toBe(
              true,
            );
        },
      ),
      { numRuns: 10_000 },
    );
  });

  const origins = ['\0\0', '\0/\0', '\0x\0', '\0?\0', '\0:\0/', '\0/x/\0/\0'];

  it('stays on the host of its first value, whatever follows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...origins),
        fc.array(value, { minLength: 2, maxLength: 2 }),
        (text, values) => {
          const plan = planOf(text) as UrlPlan;
          const joined = joinUrl(plan, ['https://own.example', ...values].slice(0, plan.holes.length));
          const url = joined === undefined ? undefined : parsed(joined);
          if (url) expect(url.hostname.replace(/x$/, '')).toMatch(/^own\.example$|^own\.e$/);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  const steps = fc
    .array(fc.constantFrom('.', '..', '/', '\\', '%2e', '%2E', '\t', ' ', 'a', '%2', 'e', '...', '?', '#'), {
      maxLength: 7,
    })
    .map((list) => list.join(''));

  it('climbs from a relative start no higher than without the value', () => {
    let [kept, refused] = [0, 0];
    fc.assert(
      fc.property(
        fc.constantFrom('\0/edit', '\0/\0/x', '\0./x', '\0/.\0', '\0e/x', '\0/../x'),
        steps,
        steps,
        (text, start, more) => {
          const plan = planOf(text) as UrlPlan;
          const joined = joinUrl(plan, [start, more].slice(0, plan.holes.length));
          const deep = 'http://own.example/1/2/3/4/5/6/7/8/9/';
          if (joined === undefined) refused++;
          // What the value makes of the whole URL, and of a path from the root, is as the application gave it.
          if (joined === undefined || /^[\0- ]*[\\/]|[?#]/.test(joined)) return;
          kept++;
          const path = new URL(joined, deep).pathname.split('/');
          // The first segment that is not a directory of the page.
          expect(path.findIndex((segment, i) => i > 0 && segment !== String(i))).toBe(10);
        },
      ),
      { numRuns: 10_000 },
    );
    expect(Math.min(kept, refused)).toBeGreaterThan(500);
  });

  it('is refused or read, for any static text around the holes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(bits, fc.constant(hole)), { maxLength: 8 }),
        fc.array(value, { minLength: 8, maxLength: 8 }),
        (list, values) => {
          const plan = planOf(list.join(''));
          if (!plan) return;
          const joined = joinUrl(plan, values.slice(0, plan.holes.length));
          const url = joined === undefined ? undefined : parsed(joined);
          if (url && plan.holes.length > 0)
            expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(url.protocol);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
