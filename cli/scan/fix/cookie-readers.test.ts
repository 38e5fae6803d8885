import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolder } from '../testing/folder.ts';
import { clientFiles } from './client-files.ts';
import { cookieReaders } from './cookie-readers.ts';

const server =
  "app.get('/', (req, res) => res.cookie('session', req.cookies['session']).clearCookie('session'));";

function isRead(client: string, name = 'session'): boolean {
  return cookieReaders(() => [
    { path: 'server.js', text: server },
    { path: 'public/a.js', text: client },
  ])(name);
}

describe('cookieReaders', () => {
  it.each([
    'document.cookie.match(/session=(\\w+)/)',
    "document.cookie.split('; ').find((one) => one.startsWith('session='))",
    "document['cookie'].includes('session')",
    "const { cookie } = document; cookie.indexOf('session')",
    "document . cookie = 'session=' + value",
    "await cookieStore.get('session')",
    "import Cookies from 'js-cookie'; Cookies.get('session')",
    "const [cookies] = useCookies(['session'])",
    "$.cookie('session')",
    "const read = (name) => get(document.cookie, name); const a = 'sess'; read(a + 'ion')",
    `const read = (name) => get(document.cookie, name); read(\`\${kind}ion\`)`,
  ])('is told that a script uses it: %s', (client) => expect(isRead(client)).toBe(true));

  it('is told by another file that hands the name over', () => {
    const read = cookieReaders(() => [
      { path: 'public/cookies.js', text: 'export const get = (name) => find(document.cookie, name);' },
      { path: 'public/api.js', text: "import { get } from './cookies.js'; get('session');" },
      { path: 'server.js', text: server },
    ]);
    expect([read('session'), read('visit')]).toEqual([true, false]);
  });

  it.each([
    'document.cookie.match(/theme=(\\w+)/)',
    "document.cookie.split('; ').find((one) => one.startsWith('session_theme='))",
    "fetch('/session')",
    "localStorage.getItem('session')",
    "request.cookies.get('session')",
  ])('knows of no use: %s', (client) => expect(isRead(client)).toBe(false));

  it('does not know where files are not known', () => {
    expect(cookieReaders(() => undefined)('session')).toBe(true);
  });
});

describe('clientFiles', () => {
  it('finds what git ignores, and neither packages nor what links lead to', () => {
    const folder = createFolder({
      'dist/app.min.js': 'a',
      'views/a.ejs': 'b',
      'node_modules/x/a.js': 'c',
      '.git/a.js': 'd',
      'a.md': 'e',
    });
    const outside = createFolder({ 'a.js': 'f' });
    symlinkSync(outside.path, join(folder.path, 'linked'));
    expect(
      clientFiles(folder.path)
        ?.map(({ path }) => path)
        .sort(),
    ).toEqual(['dist/app.min.js', 'views/a.ejs']);
    folder.write({ 'huge.js': 'x'.repeat(9_000_000) });
    expect(clientFiles(folder.path)).toBeUndefined();
    folder.remove();
    outside.remove();
  });
});
