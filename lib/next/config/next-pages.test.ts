import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashedPages } from '../server/hashed-pages.ts';
import { nextPages } from './next-pages.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** As `next build` writes it; checks/next reads real builds. */
function buildOf(
  routes: object,
  dynamicRoutes: object = {},
  files: Readonly<Record<string, string>> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-next-'));
  folders.push(folder);
  const appPaths = { '/about/page': '/about', '/cart/page': '/cart', '/api/route': '/api' };
  const all: Readonly<Record<string, string>> = {
    'prerender-manifest.json': JSON.stringify({ version: 4, routes, dynamicRoutes }),
    'app-path-routes-manifest.json': JSON.stringify(appPaths),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const complete = { initialRevalidateSeconds: false, response: 'complete', dataRoute: '/about.rsc' };

describe('nextPages', () => {
  it('says which page can have a nonce, which hashes, and which neither', async () => {
    const folder = buildOf(
      {
        '/about': complete,
        '/news': { ...complete, initialRevalidateSeconds: 60 },
        '/shell': { ...complete, response: 'shell' },
        '/older-shell': {
          initialRevalidateSeconds: false,
          dataRoute: '/a.rsc',
          renderingMode: 'PARTIALLY_STATIC',
        },
        '/feed.xml': { initialRevalidateSeconds: false, dataRoute: null },
      },
      { '/blog/[slug]': { fallback: false }, '/shop/[id]': { fallback: null } },
    );
    const pages = await nextPages(folder);
    expect(Object.fromEntries(pages.map(({ path, mode }) => [path, mode]))).toEqual({
      '/about': 'hashes',
      '/cart': 'nonce',
      '/news': 'neither',
      '/older-shell': 'neither',
      '/shell': 'neither',
      '/shop/[id]': 'neither',
    });
    expect(pages.find(({ path }) => path === '/news')?.because).toContain('after 60 s');
  });

  it('says that there is no build', async () => {
    await expect(nextPages('/nowhere')).rejects.toThrow('next build');
  });
});

describe('hashedPages', () => {
  it('hashes inline scripts and styles, and takes the hashes of files that have integrity', async () => {
    const markup =
      '<script src="/a.js" async="" integrity="sha256-AAAA"></script><style>p{}</style>' +
      '<script>start();</script><script id="_R_">start();</script><script nomodule="" src="/b.js" integrity="sha256-BBBB"></script>';
    const folder = buildOf({ '/about': complete }, {}, { 'server/app/about.html': markup });
    const { hashes } = await hashedPages(folder);
    expect(hashes.get('/about')?.scripts).toEqual([
      "'sha256-E6jQvrT2ZivWG9GJ4AAEZf4MhI7l3QkLroW4hgvUT4c='",
      "'sha256-AAAA'",
      "'sha256-BBBB'",
      "'strict-dynamic'",
    ]);
    expect(hashes.get('/about')?.styles).toHaveLength(1);
  });

  it('allows files of the site where one has no integrity', async () => {
    const markup = '<script src="/a.js" integrity="sha256-AAAA"></script><script src="/b.js"></script>';
    const folder = buildOf({ '/about': complete }, {}, { 'server/app/about.html': markup });
    expect((await hashedPages(folder)).hashes.get('/about')?.scripts).toEqual(["'self'"]);
  });

  it.each([
    ['a page that is rendered again', { '/news': { ...complete, initialRevalidateSeconds: 60 } }, {}],
    ['a cached component', { '/shell': { ...complete, response: 'shell' } }, {}],
    ['a page that is rendered at its first request', {}, { '/shop/[id]': { fallback: null } }],
  ])('refuses %s', async (_what, routes, dynamic) => {
    await expect(hashedPages(buildOf(routes, dynamic))).rejects.toThrow('change after the build');
  });

  it('says that a page of the build is missing', async () => {
    await expect(hashedPages(buildOf({ '/about': complete }))).rejects.toThrow('no file for /about');
  });
});
