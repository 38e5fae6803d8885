import { expect } from 'vitest';

/** Tests what the framework's page in docs/guards promises: headers, a fresh nonce, a session, CSRF checks, and errors without details. */
export async function tryApp(url: string): Promise<void> {
  const nonces = [await nonceOf(url), await nonceOf(url)];
  expect(new Set(nonces).size).toBe(2);

  const failed = await fetch(new URL('/fails', url));
  const text = await failed.text();
  expect([failed.status, failed.headers.get('content-type')]).toEqual([
    500,
    expect.stringMatching(/^application\/problem\+json/),
  ]);
  expect(JSON.parse(text)).toMatchObject({ status: 500, requestId: expect.stringMatching(/./) });
  expect(text).not.toContain('secret');

  const post = (site: string): Promise<Response> =>
    fetch(new URL('/cart', url), { method: 'POST', headers: { 'sec-fetch-site': site } });
  const own = await post('same-origin');
  expect([own.ok, await own.text(), own.headers.get('set-cookie')]).toEqual([
    true,
    'saved',
    expect.stringMatching(/HttpOnly/i),
  ]);
  const other = await post('cross-site');
  expect([other.status, other.headers.get('set-cookie')]).toEqual([403, null]);
}

async function nonceOf(url: string): Promise<string | undefined> {
  const response = await fetch(url);
  const page = await response.text();
  expect(response.status, page).toBe(200);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('x-powered-by')).toBeNull();
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain('https://pictures.example.com');
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(page).toContain(`nonce="${nonce}"`);
  expect(page).not.toMatch(/javascript:|onclick/);
  return nonce;
}
