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

  it.each([
    'document.cookie.match(/theme=(\\w+)/)',
    'send(document.cookie)',
    'send(document?.cookie)',
    'send(document!.cookie)',
    'send(document /* all */ . cookie)',
    'send((document).cookie)',
    'send((window.document as Document).cookie)',
    "send(document['cookie'])",
    "send(document?.['cookie'])",
    "send(document['coo' + 'kie'])",
    "send(Reflect.get(document, 'cookie'))",
    'const { cookie } = document; send(cookie)',
    'const { title, cookie: all } = window.document; send(all)',
    'const page = document; send(page.cookie)',
    'node.ownerDocument.cookie.length',
    '!function(e){send(e.cookie)}(document)',
    "document.cookie += '; theme=dark'",
    'if (document.cookie === other) go()',
  ])('is told of any name by a read of all cookies: %s', (client) => expect(isRead(client)).toBe(true));

  it('is told by another file that hands the name over', () => {
    const read = cookieReaders(() => [
      { path: 'public/cookies.js', text: "export { get } from 'js-cookie';" },
      { path: 'public/api.js', text: "import { get } from './cookies.js'; get('session');" },
      { path: 'server.js', text: server },
    ]);
    expect([read('session'), read('visit')]).toEqual([true, false]);
  });

  it.each([
    "document.cookie = 'theme=dark'",
    "document['cookie'] = `theme=dark; path=/`",
    "document.title = 'a'; app.get('/', (r, s) => s.cookie('theme', r.headers.cookie))",
    "document.title = options.cookie.name + settings['cookie']",
    'const { cookie } = options; document.title = cookie',
    "Cookies.get('session_theme')",
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
      'public/node_modules/x/a.js': 'g',
      'lib/api.dart': 'h',
      '.git/a.js': 'd',
      'a.md': 'e',
    });
    const outside = createFolder({ 'a.js': 'f' });
    symlinkSync(outside.path, join(folder.path, 'linked'));
    expect(
      clientFiles(folder.path)
        ?.map(({ path }) => path)
        .sort(),
    ).toEqual(['dist/app.min.js', 'lib/api.dart', 'public/node_modules/x/a.js', 'views/a.ejs']);
    folder.write({ 'huge.js': 'x'.repeat(9_000_000) });
    expect(clientFiles(folder.path)).toBeUndefined();
    folder.remove();
    outside.remove();
  });
});
