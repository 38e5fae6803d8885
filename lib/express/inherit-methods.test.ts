import { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express, { type Express, type RequestHandler } from 'express';
// @ts-expect-error Its types are those of Express 5.
import express4 from 'express4';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bulwark, bulwarkErrors } from './index.ts';

async function serve(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** As `on-headers` and the packages over it do: it calls the `writeHead` that it found. */
const wrapsWriteHead =
  (name: string): RequestHandler =>
  (_req, res, next) => {
    const { writeHead } = res;
    res.writeHead = function (this: ServerResponse, ...head: unknown[]) {
      this.setHeader(name, 'yes');
      return (writeHead as (...given: unknown[]) => ServerResponse).apply(this, head);
    } as typeof res.writeHead;
    next();
  };

const page: RequestHandler = (_req, res) => void res.set('Cache-Control', 'public, max-age=60').send('<p>');

const require = createRequire(import.meta.url);

/** A copy of Express whose responses no `bulwark()` has seen. */
function freshExpress(name: string): typeof express {
  const folder = require.resolve(name).replace(/index\.js$/, '');
  for (const file of Object.keys(require.cache)) if (file.startsWith(folder)) delete require.cache[file];
  return require(name) as typeof express;
}

const jsonp: RequestHandler = (_req, res) => void res.jsonp({ secret: 1 });

describe.each([
  ['Express 5', express, 'express'],
  ['Express 4', express4 as unknown as typeof express, 'express4'],
])('%s', (_name, create, module) => {
  it('leaves responses of applications without bulwark() as they are', async () => {
    await fetch(await serve(create().use(bulwark()).get('/', page)));
    const url = await serve(
      create()
        .get('/', page)
        .get('/jsonp', (_req, res) => void res.jsonp({ public: 1 })),
    );
    expect((await fetch(url)).headers.get('cache-control')).toBe('public, max-age=60');
    expect(await (await fetch(`${url}/jsonp?callback=f`)).text()).toContain('f({"public":1})');
  });

  it('keeps pages private where other packages wrap writeHead, before it or behind it', async () => {
    const app = create().use(wrapsWriteHead('X-Before'), bulwark(), wrapsWriteHead('X-Behind'));
    const url = await serve(app.get('/', page));
    for (let request = 0; request < 2; request++) {
      const { headers } = await fetch(url);
      expect([headers.get('x-before'), headers.get('x-behind')]).toEqual(['yes', 'yes']);
      expect(headers.get('cache-control')).toBe('private, max-age=60');
    }
  });

  it('keeps pages private where only a mounted application has bulwark()', async () => {
    const app = create();
    // The response gets the prototype of the outer application back, which sends the page.
    app.use('/shop', create().use(bulwark()));
    const url = await serve(app.get('/shop', page).get('/', page));
    expect((await fetch(`${url}/shop`)).headers.get('cache-control')).toBe('private, max-age=60');
    expect((await fetch(url)).headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('keeps pages private where an application has its own writeHead', async () => {
    const app = create();
    const { writeHead } = app.response;
    app.response.writeHead = function (this: ServerResponse, ...head: unknown[]) {
      this.setHeader('X-Own', 'yes');
      return (writeHead as (...given: unknown[]) => ServerResponse).apply(this, head);
    } as typeof writeHead;
    const { headers } = await fetch(await serve(app.use(bulwark()).get('/', page)));
    expect([headers.get('x-own'), headers.get('cache-control')]).toEqual(['yes', 'private, max-age=60']);
  });

  it('refuses JSONP in each application but those that allow it', async () => {
    const onError = vi.fn();
    const refusing = await serve(create().use(bulwark()).get('/', jsonp).use(bulwarkErrors({ onError })));
    const allowing = await serve(
      create()
        .use(bulwark({ allowJsonp: true }))
        .get('/', jsonp),
    );
    for (let request = 0; request < 2; request++) {
      expect((await fetch(`${refusing}/?callback=f`)).status).toBe(500);
      expect(await (await fetch(`${allowing}/?callback=f`)).text()).toContain('f({"secret":1})');
    }
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: 'headers/jsonp' });
  });

  it.each([
    ['the one that allows JSONP answers last', [0, 1]],
    ['the one that allows JSONP answers first', [1, 0, 1]],
  ])('has one rule for JSONP in all copies of this package, where %s', async (_order, turns) => {
    vi.resetModules();
    const other = await import('./index.ts');
    const fresh = freshExpress(module);
    const refusing = fresh().use(bulwark()).get('/', jsonp);
    const allowing = fresh()
      .use(other.bulwark({ allowJsonp: true }))
      .get('/', jsonp);
    const urls = [await serve(refusing.use(bulwarkErrors({ onError: () => {} }))), await serve(allowing)];
    for (const turn of turns) {
      const answer = await fetch(`${urls[turn]}/?callback=f`);
      expect(answer.status).toBe(turn === 0 ? 500 : 200);
      expect((await answer.text()).includes('secret')).toBe(turn === 1);
    }
  });

  it('refuses JSONP also where monitoring has replaced `writeHead` for all applications', async () => {
    const fresh = freshExpress(module);
    fresh.response.writeHead = function (this: ServerResponse, ...head: unknown[]) {
      this.setHeader('X-Monitored', 'yes');
      return (ServerResponse.prototype.writeHead as (...given: unknown[]) => ServerResponse).apply(
        this,
        head,
      );
    } as ServerResponse['writeHead'] as typeof fresh.response.writeHead;
    const app = fresh().use(bulwark()).get('/', page).get('/jsonp', jsonp);
    const url = await serve(app.use(bulwarkErrors({ onError: () => {} })));
    expect((await fetch(`${url}/jsonp?callback=f`)).status).toBe(500);
    const { headers } = await fetch(url);
    expect([headers.get('x-monitored'), headers.get('cache-control')]).toEqual([
      'yes',
      'private, max-age=60',
    ]);
  });

  it('replaces a method once, however many applications there are', async () => {
    const fresh = freshExpress(module);
    const replaced = new Set<unknown>();
    for (let application = 0; application < 3; application++) {
      await fetch(await serve(fresh().use(bulwark()).get('/', page)));
      replaced.add(fresh.response.jsonp);
    }
    expect(replaced.size).toBe(1);
  });
});
