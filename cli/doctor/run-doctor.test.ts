import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { bulwark } from '../../lib/node/index.ts';
import { createFolder } from '../scan/testing/folder.ts';
import { runDoctor } from './run-doctor.ts';
import { bare, defended, printed, run } from './testing/run-on-server.ts';

describe('a URL without a token', () => {
  it('is diagnosed from its responses, and the rest is unknown', async () => {
    const url = await defended((_req, res, nonce) => void res.end(`<script nonce="${nonce}">1</script>`));
    const { by, exitCode } = await run(url);
    expect(Object.fromEntries([...by].map(([id, { verdict }]) => [id, verdict]))).toEqual({
      reach: 'unknown',
      headers: 'ok',
      cookies: 'unknown',
      'csp/violations': 'ok',
      'csp/nonce': 'ok',
    });
    expect(exitCode).toBe(0);
  });

  it('lacks headers if the application does not use bulwark', async () => {
    const url = await bare((_req, res) => void res.setHeader('Content-Type', 'text/html').end('hello'));
    const { by, exitCode } = await run(url);
    expect(by.get('headers')).toMatchObject({ verdict: 'wrong' });
    expect(by.get('headers')?.evidence[0]).toBe('the page (200) has no x-content-type-options');
    expect(by.get('headers')?.fix[0]).toContain('app.use(bulwark()) before every route');
    expect(exitCode).toBe(1);
  });

  it('shows what the policy of a page blocks, on other pages too', async () => {
    const url = await defended((req, res, nonce) => {
      res.end(req.url === '/log-in' ? '<p onclick="act()">x</p>' : `<script nonce="${nonce}">1</script>`);
    });
    expect((await run(url)).by.get('csp/violations')?.verdict).toBe('ok');
    const { by } = await run(url, { paths: ['/log-in'] });
    expect(by.get('csp/violations')?.evidence[0]).toBe('/log-in: onclick of <p> in line 1, by script-src');
  });

  it('shows a nonce that is the same in every answer', async () => {
    const fixed = (_req: unknown, res: ServerResponse): void => {
      res.setHeader('Content-Security-Policy', "script-src 'nonce-c2FtZQ=='");
      res
        .setHeader('X-Content-Type-Options', 'nosniff')
        .setHeader('Content-Type', 'text/html')
        .end('<p>x</p>');
    };
    const { by } = await run(await bare(fixed));
    expect(by.get('csp/nonce')).toMatchObject({
      verdict: 'wrong',
      summary: 'Every response has the same nonce.',
    });
  });

  it.each([
    ['is short', (count: number) => `a${count}bcd`, 'wrong'],
    ['counts up', (count: number) => `AAAAAAAAAAAAAAAAAAAAAA${count}`, 'wrong'],
    ['is random', () => randomBytes(16).toString('base64'), 'ok'],
  ])('judges a nonce that %s as the audit does', async (_, nonce, verdict) => {
    let count = 0;
    const url = await bare((_req, res) => {
      res.setHeader('Content-Security-Policy', `script-src 'nonce-${nonce(count++)}'`);
      res.setHeader('Content-Type', 'text/html').end('<p>x</p>');
    });
    expect((await run(url)).by.get('csp/nonce')?.verdict).toBe(verdict);
  });

  it('knows that browsers ignore a policy in the body', async () => {
    const meta = `<meta http-equiv="content-security-policy" content="script-src 'none'">`;
    const url = await bare((req, res) => {
      const markup = req.url === '/head' ? `<head>${meta}</head><body>` : `<head></head><body>${meta}`;
      res.setHeader('Content-Type', 'text/html').end(`${markup}<script>a()</script></body>`);
    });
    expect((await run(url)).by.get('csp/violations')?.verdict).toBe('unknown');
    expect((await run(url, { paths: ['/head'] })).by.get('csp/violations')?.verdict).toBe('wrong');
  });

  it.each([
    ['sid=1; Path=/; HttpOnly; SameSite=Lax', 'ok'],
    ['sid=1; Path=/; HttpOnly', 'wrong'],
    ['sid=1; Path=/; SameSite=Lax', 'wrong'],
    ['__Host-sid=1; Path=/; Secure; HttpOnly; SameSite=Lax', 'ok'],
    ['__Host-sid=1; Path=/a; Secure; HttpOnly; SameSite=Lax', 'wrong'],
    ['__Host-sid=1; Path=/; HttpOnly; SameSite=Lax', 'wrong'],
    ['__Host-sid=1; Path=/; Domain=a.example; Secure; HttpOnly; SameSite=Lax', 'wrong'],
    ['sid=1; Path=/; HttpOnly; SameSite=None', 'wrong'],
    ['XSRF-TOKEN=1; Path=/; SameSite=Lax', 'ok'],
    ['language=de', 'ok'],
    ['author=ada', 'ok'],
    ['sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'unknown'],
    ['access_token=1; Path=/; HttpOnly', 'wrong'],
    ['auth=1; Path=/; HttpOnly', 'wrong'],
    ['', 'unknown'],
  ])('judges the cookie %s: %s', async (line, verdict) => {
    const url = await bare((_req, res) => void res.setHeader('Set-Cookie', line).end());
    expect((await run(url)).by.get('cookies')?.verdict).toBe(verdict);
  });
});

describe('the requests', () => {
  it('are a few GETs, to the named host', async () => {
    const elsewhere: string[] = [];
    const other = await bare((req, res) => {
      elsewhere.push(req.url ?? '');
      res.end();
    });
    const asked: string[] = [];
    const url = await bare((req, res) => {
      asked.push(`${req.method} ${req.headers.host}`);
      if (req.url === '/') res.writeHead(302, { Location: '/home' }).end();
      else {
        const foreign = other.replace('127.0.0.1', 'localhost');
        res.setHeader('Content-Type', 'text/html');
        res.end(`<script src="${foreign}a.js"></script><img src="/own.png">`);
      }
    });
    await run(url, { paths: ['/1', '/2', '/3', '/4', '/5'] });
    expect(new Set(asked)).toEqual(new Set([`GET ${new URL(url).host}`]));
    expect(asked.length).toBeLessThanOrEqual(15);
    expect(elsewhere).toEqual([]);
  });

  it('follow no redirect to another host, and none forever', async () => {
    const elsewhere: string[] = [];
    const other = await bare((req, res) => {
      elsewhere.push(req.url ?? '');
      res.end();
    });
    for (const location of [
      other.replace('127.0.0.1', 'localhost'),
      '//localhost/',
      'file:///etc/passwd',
      'http://',
    ]) {
      const url = await bare((_req, res) => void res.writeHead(302, { Location: location }).end());
      expect((await run(url)).by.get('headers')?.evidence[0], location).toContain('the page (302)');
    }
    expect(elsewhere).toEqual([]);
    let count = 0;
    const endless = await bare((_req, res) => void res.writeHead(302, { Location: `/${count++}` }).end());
    await run(endless);
    expect(count).toBeLessThanOrEqual(15);
  });

  it('stop reading an endless response', async () => {
    const url = await bare((req, res) => {
      res.setHeader('Content-Type', 'text/html');
      const more = (): void => {
        while (!res.destroyed && res.write('<p>'.repeat(20_000)));
        if (!res.destroyed) res.once('drain', more);
      };
      if (req.url === '/') more();
      else res.end();
    });
    expect((await run(url)).by.get('headers')?.verdict).toBe('wrong');
  });

  it('survive a hostile response, and print it only escaped', async () => {
    const url = await bare((_req, res) => {
      res.setHeader('Content-Type', 'text/html');
      res.setHeader('Set-Cookie', ['=;=;=', 'sid', '__proto__=1; __proto__=x', 'sid=1; Path=\x9b31m']);
      res.setHeader('Content-Security-Policy', ";;, ,script-src 'nonce-\x9b', \u00ff x");
      res.setHeader('Link', ','.repeat(5_000));
      res.end('<script src="\u001b[2J\u202e">'.repeat(50));
    });
    const { text } = await runDoctor(
      { target: url, format: 'text', paths: [], tokenFile: undefined, ca: undefined },
      {},
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not appear.
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u0080-\u009f\u202e]/);
    expect((await run(url)).text).toMatch(/^[\n -~]*$/);
  });
});

describe('a URL with a token', () => {
  async function token(): Promise<string> {
    return await vi.waitFor(() => {
      const found = /BULWARK_DOCTOR_TOKEN=(\S+)/.exec(printed.at(-1) ?? '')?.[1];
      if (found === undefined) throw new Error('no token yet');
      return found;
    });
  }

  it('shows that requests reach another process', async () => {
    vi.stubEnv('BULWARK_DOCTOR', '1');
    await defended((_req, res) => void res.end());
    const other = await bare((_req, res) => void res.end());
    const { by } = await run(other, { token: await token() });
    expect(by.get('reach')).toMatchObject({ verdict: 'wrong' });
    expect(by.has('proxies/hops')).toBe(false);
  });

  it('shows that the server has no limits', async () => {
    vi.stubEnv('BULWARK_DOCTOR', '1');
    const url = await bare(bulwark({}, (_req, res) => void res.end()));
    const folder = createFolder({ token: `${await token()}\n` });
    const { by } = await run(url, { tokenFile: `${folder.path}/token` });
    folder.remove();
    expect(by.get('process/server')).toMatchObject({
      verdict: 'wrong',
      fix: ['defendServer(createServer(app)).listen(8080)'],
    });
    expect(by.get('reach')?.verdict).toBe('ok');
  });
});
