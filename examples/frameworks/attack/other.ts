import { redirectPayloads, ssrfPayloads } from 'bulwark/testing';
import type { Browser } from 'playwright-core';
import type { Canary } from './canary.ts';
import { type Outcome, tryEach } from './outcome.ts';
import { Person, people } from './person.ts';
import { watchPage } from './watch-page.ts';

/** Requests that the server makes. Only payloads with a literal address of this machine: nothing may leave it. */
export async function attackSsrf(bob: Person, canary: Canary): Promise<Outcome[]> {
  const preview = (url: string): Promise<unknown> => bob.json('/api/preview', { url }).catch(() => undefined);
  return [
    await tryEach('SSRF', 'POST /api/preview', loopback(canary.port), async (url) => {
      canary.taken();
      await preview(url);
      return canary.taken().length > 0 ? `the server requested ${url}` : undefined;
    }),
  ];
}

function loopback(port: number): string[] {
  const here =
    /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|\[::\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\]|localhost)$/;
  const corpus = ssrfPayloads.flatMap(({ url }) => {
    if (!/^\s*https?:/i.test(url) || !URL.canParse(url)) return [];
    const parsed = new URL(url);
    if (!here.test(parsed.hostname)) return [];
    // The spelling of the address is what is tested, so only the port is added.
    const host = /^\s*https?:[/\\]+(?:[^@/\\?#]*@)?([^/\\?#:]+|\[[^\]]*\])/i.exec(url)?.[1];
    return host === undefined ? [] : [`http://${host}:${port}/secret`];
  });
  return [...new Set([`http://127.0.0.1:${port}/secret`, `http://localhost:${port}/secret`, ...corpus])];
}

/** Redirects that leave Desk, as a browser reads `Location`. */
export async function attackRedirect(
  base: string,
  ann: Person,
  canary: Canary,
  browser: Browser,
): Promise<Outcome[]> {
  const harmless = await ann.get('/go?to=/tickets/new');
  if (
    harmless.headers.location === undefined ||
    new URL(harmless.headers.location, base).pathname !== '/tickets/new'
  ) {
    throw new Error('This test proves nothing: /go?to=/tickets/new does not redirect there.');
  }
  const targets = redirectPayloads.map(({ payload }) => payload.toWellFormed());
  const corpus = await tryEach('open redirect', 'GET /go?to=', targets, async (target) => {
    const { headers, status } = await ann.get(`/go?to=${encodeURIComponent(target)}`);
    if (headers.location === undefined || status < 300 || status > 399) return undefined;
    const reached = URL.canParse(headers.location, base) ? new URL(headers.location, base).origin : base;
    return reached === base ? undefined : `${target} leads to ${reached}`;
  });
  const watched = await watchPage(browser, ann);
  try {
    const landed = await tryEach(
      'open redirect',
      'GET /go?to=, in Chromium',
      [canary.foreign],
      async (site) => {
        canary.taken();
        await watched.page
          .goto(`${base}/go?to=${encodeURIComponent(`${site}/landed`)}`, { timeout: 10_000 })
          .catch(() => {});
        return canary.taken().includes('/landed') ? 'the browser went to another site' : undefined;
      },
    );
    return [corpus, landed];
  } finally {
    await watched.close();
  }
}

/** A cookie that the attacker knows before the log-in, and that is still valid after it. */
export async function attackSession(base: string): Promise<Outcome[]> {
  const attacker = new Person(base);
  await attacker.get('/login');
  const own = new Person(base);
  await own.logIn(people.bob);
  const names = [...own.cookies.keys()];
  const planted = [
    new Map(attacker.cookies),
    new Map(names.map((name) => [name, 'chosen-by-the-attacker-0123456789'] as const)),
  ].filter(({ size }) => size > 0);
  return [
    await tryEach('session fixation', 'POST /login', planted, async (cookies) => {
      const victim = new Person(base);
      for (const [name, value] of cookies) victim.cookies.set(name, value);
      await victim.logIn(people.ann);
      if (!(await victim.isLoggedIn())) return undefined;
      const thief = new Person(base);
      for (const [name, value] of cookies) thief.cookies.set(name, value);
      return (await thief.isLoggedIn()) ? 'the planted cookie is logged in as the victim' : undefined;
    }),
  ];
}

/** More wrong passwords than people mistype. The account does not exist, so that nobody is locked out. */
export async function attackPasswords(base: string): Promise<Outcome[]> {
  const guesses = 40;
  const one = await tryEach('password guessing', 'POST /login', [guesses], async () => {
    for (let guess = 0; guess < guesses; guess++) {
      const { status } = await new Person(base).logIn({
        email: 'nobody@example.com',
        password: `guess-${guess}`,
      });
      if (status === 429) return undefined;
    }
    return `${guesses} wrong passwords in a row were checked`;
  });
  return [one];
}
