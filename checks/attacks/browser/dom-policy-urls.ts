import { attack, type PageCase, use } from './page-case.ts';

/** A case for a URL of a script: `[ok, url]`. */
const url = (ok: boolean, value: string, more: Partial<PageCase> = {}): PageCase => ({
  kind: ok ? 'use' : 'attack',
  name: `script URL ${JSON.stringify(value)}`,
  run: new Function(`
    const value = ${JSON.stringify(value)}.replace('ORIGIN', location.origin).replace('HOST', location.host);
    const script = document.createElement('script');
    const code = window.codeOf(() => { script.src = value; });
    if (${ok}) return code === '' && script.src === new URL(value, location.href).href ? '' : (code || script.src);
    return code === 'dom/script-refused' && !script.hasAttribute('src') ? '' : (code || 'accepted as ' + script.src);`) as () => string,
  ...more,
});

/** URLs of scripts under a default policy with a list, and what a `<base>` or a clobbered document makes of them. */
export const scriptUrlCases: readonly PageCase[] = [
  ...[
    'https://evil.example/x.js',
    '//evil.example/assets/x.js',
    '/evil.js',
    '/assets',
    '/assets/../evil.js',
    '/assets/%2e%2e/evil.js',
    '/assets/.%2E/evil.js',
    '/assets\\..\\evil.js',
    '/assets/..\\evil.js',
    '/assets/\t../evil.js',
    '/assets/.\n./evil.js',
    '/assets/x/../../evil.js',
    '/assetsx/evil.js',
    'assets/../evil.js',
    'data:text/javascript,alert(1)',
    'blob:ORIGIN/x',
    'javascript:alert(1)',
    'https://cdn.example.com/chart.jsx',
    'https://cdn.example.com/chart.js/../evil.js',
    'https://cdn.example.com/',
    'https://cdn.example.com/chart.js/x',
    'http://cdn.example.com/chart.js',
    'https://cdn.example.com:444/chart.js',
    'https://cdn.example.com.evil.example/chart.js',
    'https://cdn.example.com@evil.example/chart.js',
    'https://evil.example/https://cdn.example.com/chart.js',
    'https://evil.example/?/assets/',
    'https://evil.example#/assets/',
    'https:evil.example/assets/',
    'https://lib.example.com/v1',
    'https://lib.example.com/v1/../v2/x.js',
    'https://lib.example.com/v1/%2e%2e/v2/x.js',
    'https://lib.example.com/v10/x.js',
    '\\\\evil.example\\assets\\x.js',
    '/\\evil.example/assets/x.js',
    '/\t/evil.example/assets/x.js',
    'ftp://cdn.example.com/chart.js',
    'filesystem:ORIGIN/assets/x.js',
    '',
    'about:blank',
    'https://evil.example:443/assets/x.js',
    'http://HOST.evil.example/assets/x.js',
  ].map((value) => url(false, value)),
  url(false, '/assets/..%2fevil.js', {
    name: 'script URL with an encoded slash, which servers may decode',
  }),
  url(false, '/assets/..%5cevil.js', { name: 'script URL with an encoded backslash' }),
  ...[
    '/assets/a.js',
    '/assets/a/b.js?v=1',
    'ORIGIN/assets/a.js',
    'https://cdn.example.com/chart.js',
    'https://lib.example.com/v1/a.js',
    'https://lib.example.com:443/v1/b/c.js',
    '/assets/a.js#x',
    './assets/a.js',
    '/assets/b/../a.js',
  ].map((value) => url(true, value)),
  use('a listed script loads', async () => {
    const script = document.createElement('script');
    script.src = '/good.js';
    const done = new Promise((resolve) => {
      script.onload = () => resolve('loaded');
      script.onerror = () => resolve('error');
    });
    document.body.append(script);
    return (await done) === 'loaded' && (window as unknown as { loaded?: boolean }).loaded
      ? ''
      : 'not loaded';
  }),
  use('a listed script as a URL object', () => {
    const s = document.createElement('script');
    (s as { src: unknown }).src = new URL('/assets/a.js', location.href);
    return s.src.endsWith('/assets/a.js') ? '' : s.src;
  }),
  attack('base element moves a listed path to another host', () => {
    const base = document.head.appendChild(document.createElement('base'));
    base.href = 'https://evil.example/';
    const script = document.createElement('script');
    const code = window.codeOf(() => {
      script.src = '/assets/a.js';
    });
    const got = script.src;
    base.remove();
    return code === 'dom/script-refused' || got === '' || got.startsWith(location.origin)
      ? ''
      : `loads ${got}`;
  }),
  attack('base element that comes between the check and the load', () => {
    const script = document.createElement('script');
    script.src = '/assets/a.js';
    const base = document.head.appendChild(document.createElement('base'));
    base.href = 'https://evil.example/';
    const got = script.src;
    base.remove();
    return got.startsWith(location.origin) ? '' : `loads ${got} (the policy gave a relative URL back)`;
  }),
  attack('base element within the host moves a relative script', () => {
    const base = document.head.appendChild(document.createElement('base'));
    base.href = '/uploads/';
    const script = document.createElement('script');
    const code = window.codeOf(() => {
      script.src = 'assets/a.js';
    });
    const got = script.src;
    base.remove();
    return code === 'dom/script-refused' || !got.includes('/uploads/') ? '' : `loads ${got}`;
  }),
  attack('a clobbered document does not change what URLs are taken', () => {
    const box = document.createElement('div');
    for (const name of ['baseURI', 'location', 'URL', 'documentURI', 'defaultView']) {
      const image = document.createElement('img');
      image.setAttribute('name', name);
      box.append(image);
    }
    document.body.append(box);
    const script = document.createElement('script');
    const code = window.codeOf(() => {
      script.src = 'https://evil.example/assets/a.js';
    });
    const fine = document.createElement('script');
    const code2 = window.codeOf(() => {
      fine.src = '/assets/a.js';
    });
    box.remove();
    return code === 'dom/script-refused' && code2 === '' ? '' : `${code || script.src} ${code2}`;
  }),
];
