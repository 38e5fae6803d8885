import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealRequest } from '../../lib/next/sealed-request.ts';
import { configurations } from '../conformance/configurations.ts';
import type { RunningApp } from '../conformance/contract.ts';
import { missing } from '../machine/missing.ts';
import { build } from './build.ts';
import { startServer } from './start-server.ts';

/** Headers that clients have used to get past a check in front of Next.js. */
const disguises: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'CVE-2025-29927': { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
  'CVE-2025-29927, in src': {
    'X-Middleware-Subrequest':
      'src/middleware:src/middleware:src/middleware:src/middleware:src/middleware:proxy:proxy:proxy:proxy:proxy',
  },
  'a prefetch': { Purpose: 'prefetch', 'Sec-Purpose': 'prefetch', 'Next-Router-Prefetch': '1' },
  'a prefetch of the pages router': { 'x-middleware-prefetch': '1', 'x-nextjs-data': '1' },
  'a request for components': { RSC: '1', 'Next-Router-State-Tree': '%5B%22%22%2C%7B%7D%5D' },
  'answers of a proxy': {
    'x-middleware-next': '1',
    'x-middleware-rewrite': '/echo',
    'x-middleware-override-headers': 'origin',
    'x-middleware-request-origin': 'https://shop.example',
    'x-middleware-set-cookie': 'a=1',
  },
  'a resumed render': { 'next-resume': '1', 'x-next-resume-state-length': '0' },
  "the platform's routing headers": {
    'x-matched-path': '/acted',
    'x-now-route-matches': '1=acted',
    'x-invoke-path': '/acted',
  },
  'a forwarded action': { 'x-action-forwarded': '1' },
  'a sealed header without a key': { 'x-bulwark-request': forged() },
};

/** As another installation would seal it. */
function forged(): string {
  const sealed = sealRequest({
    ...{
      id: 'forged',
      nonce: 'AAAAAAAAAAAAAAAAAAAAAA==',
      method: 'GET',
      target: '/',
      client: '198.51.100.1',
    },
    ...{ protocol: 'https', host: 'shop.example', served: true },
  });
  return sealed;
}

const crossSite = {
  Origin: 'https://evil.example',
  'Sec-Fetch-Site': 'cross-site',
  Cookie: '__Host-session=x',
};
const sameOrigin = { Origin: 'https://shop.example', 'Sec-Fetch-Site': 'same-origin' };
const host = { Host: 'shop.example' };

const reason = missing('next');
beforeAll(async () => {
  if (reason === undefined) await build('conformance');
}, 300_000);

describe.skipIf(reason).each([
  ['behind the server of bulwark/next/server', false],
  ['where no proxy and no server ran', true],
] as const)(`%s${reason ? `: ${reason}` : ''}`, (_where, bare) => {
  let site: RunningApp;
  beforeAll(async () => {
    site = await startServer(configurations.sealed, bare);
  });
  afterAll(() => site.close());

  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${site.url}${path}`, { redirect: 'manual', ...init });

  it.each(Object.entries(disguises))(
    'a cross-site form is refused that comes as %s',
    async (_name, headers) => {
      for (const path of ['/name', '/name?_rsc=abcde', '/transfer']) {
        const reply = await ask(path, {
          ...{ method: 'POST', redirect: 'follow' },
          headers: { ...crossSite, ...headers },
        });
        expect(reply.headers.getSetCookie()).toEqual([]);
        const text = await reply.text();
        expect(text).not.toMatch(/saved|done/);
        // Next.js answers some of them with nothing, and asks no handler.
        if (text !== '' && text !== '{}') expect(reply.status).toBe(403);
      }
    },
  );

  it('a form of the site itself is served', async () => {
    const reply = await ask('/name', { method: 'POST', headers: { ...sameOrigin, ...host } });
    expect(reply.status).toBe(200);
    expect(await reply.text()).toBe('saved');
    expect(reply.headers.getSetCookie().map((line) => line.split('=')[0])).toEqual([
      'theme',
      '__Host-session',
    ]);
  });

  it('the handler sends the security headers, whoever else did not', async () => {
    const { headers } = await ask('/');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("'strict-dynamic'");
  });

  /** The form of a server action, as a browser without scripts sends it. */
  async function act(headers: Readonly<Record<string, string>>, name: string): Promise<Response> {
    const markup = await (await ask('/action')).text();
    const field = /name="(\$ACTION_ID_[\da-f]+)"/.exec(markup)?.[1];
    if (field === undefined) throw new Error(`The page has no action: ${markup.slice(0, 500)}`);
    const body = new FormData();
    body.set(field, '');
    body.set('name', name);
    return ask('/action', { method: 'POST', body, headers });
  }
  const acted = async (): Promise<readonly string[]> => (await ask('/acted')).json();

  it.each([
    ['of another origin', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['of a sibling site', { Origin: 'https://blog.shop.example', 'Sec-Fetch-Site': 'same-site' }],
    ['without an origin, with a cookie', { Cookie: '__Host-session=x' }],
    ['of a sandboxed frame', { Origin: 'null', Cookie: '__Host-session=x' }],
    [
      'whose origin matches a forged host',
      { Origin: 'https://evil.example', 'X-Forwarded-Host': 'evil.example', 'Sec-Fetch-Site': 'cross-site' },
    ],
    ...Object.entries(disguises).map(([name, headers]) => [
      `that comes as ${name}`,
      { ...crossSite, ...headers },
    ]),
  ] as [string, Record<string, string>][])('a server action does not run %s', async (name, headers) => {
    const reply = await act(headers, name);
    expect(reply.headers.getSetCookie()).toEqual([]);
    expect(await acted()).not.toContain(name);
  });

  it('a server action of the site itself runs, also behind a proxy that changes the host', async () => {
    const reply = await act({ ...sameOrigin, 'X-Forwarded-Host': 'shop.example' }, 'lamp');
    expect(reply.status).toBe(200);
    expect(await acted()).toContain('lamp');
    expect(reply.headers.getSetCookie().join()).toContain('__Host-session=');
  });

  it('the page in the response to an action has the session that the action changed', async () => {
    expect(await (await ask('/action')).text()).toContain('The session says undefined.');
    expect(await (await act({ ...sameOrigin, 'X-Forwarded-Host': 'shop.example' }, 'lamp')).text()).toContain(
      'The session says lamp.',
    );
  });
});

describe.skipIf(reason)(`a client${reason ? `: ${reason}` : ''}`, () => {
  let site: RunningApp;
  beforeAll(async () => {
    site = await startServer(configurations.plain);
  });
  afterAll(() => site.close());

  it('cannot choose what the code reads about its request', async () => {
    const nonce = 'AAAAAAAAAAAAAAAAAAAAAA==';
    const reply = await fetch(`${site.url}/echo`, {
      headers: {
        'X-Nonce': nonce,
        'x-bulwark-request': forged(),
        'X-BULWARK-USER': 'admin',
        'x-middleware-subrequest': 'proxy',
        'Content-Security-Policy': `script-src 'nonce-${nonce}'`,
        'X-Forwarded-For': '198.51.100.1',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'https',
      },
    });
    const read = (await reply.json()) as Record<string, string>;
    expect(JSON.stringify(read)).not.toMatch(/AAAAAAAA|198\.51|evil\.example|admin|x-nonce|x-middleware/);
    expect(read['x-forwarded-for']).toBe('127.0.0.1');
    expect(read['x-forwarded-proto']).toBe('http');
    expect(reply.headers.get('content-security-policy')).not.toContain(nonce);
  });

  it('cannot use the sealed header of its own request from another address', async () => {
    const own =
      ((await (await fetch(`${site.url}/echo`)).json()) as Record<string, string>)['x-bulwark-request'] ?? '';
    expect(own).toContain('.');
    const seal = own.slice(own.lastIndexOf('.'));
    const changed = own.slice(0, -seal.length).replace('127.0.0.1', '198.51.100.1') + seal;
    expect(changed).not.toBe(own);
    const reply = await fetch(`${site.url}/users/1`, { headers: { 'x-bulwark-request': changed } });
    expect(((await reply.json()) as { client: string }).client).toBe('127.0.0.1');
  });

  it('is known to the page that an action redirects to, which Next.js fetches from itself', async () => {
    const id = /name="\$ACTION_ID_([\da-f]+)"/.exec((await askFrom('127.0.0.2', {})).body)?.[1] ?? '';
    const reply = await askFrom('127.0.0.2', { 'Next-Action': id, 'Content-Type': 'text/plain' }, '[]');
    expect(reply.headers['x-action-redirect']).toContain('/moved');
    expect(reply.headers['content-type']).toContain('text/x-component');
    expect(reply.body).toContain('127.0.0.2');
    expect(reply.body).not.toContain('127.0.0.1');
  });

  /** Asks for the page with the action, from another address of loopback. */
  function askFrom(
    localAddress: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<{ readonly headers: IncomingHttpHeaders; readonly body: string }> {
    return new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      request(`${site.url}/moved`, { method, headers, localAddress, agent: false }, (res) => {
        text(res).then((read) => resolve({ headers: res.headers, body: read }), reject);
      })
        .on('error', reject)
        .end(body);
    });
  }

  it('gets 429 from a page over its limit, as a page, as components and as a prefetch', async () => {
    for (let i = 0; i < 2; i++) {
      const reply = await fetch(`${site.url}/vip`);
      expect(reply.status).toBe(200);
      expect(await reply.text()).toContain('for members');
    }
    for (const [query, headers] of [
      ['', {}],
      ['?_rsc=1', { RSC: '1' }],
      ['', { RSC: '1' }],
      ['', { RSC: '1', 'Next-Router-Prefetch': '1', Purpose: 'prefetch' }],
      ['', { 'x-middleware-prefetch': '1' }],
    ] as const) {
      const reply = await fetch(`${site.url}/vip${query}`, { headers, redirect: 'follow' });
      expect(await reply.text()).not.toContain('for members');
      if (Object.keys(headers).length === 0) {
        expect(reply.status).toBe(429);
        expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
      }
    }
  });
});

it('a limit by address is a mistake where no server tells the address, and serves nothing', async () => {
  const site = await startServer(configurations.plain, true);
  try {
    const reply = await fetch(`${site.url}/vip`, { headers: { 'X-Forwarded-For': '198.51.100.1' } });
    expect(reply.status).toBe(500);
    expect(await reply.text()).not.toContain('for members');
  } finally {
    await site.close();
  }
});
