import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { outsideRequest } from './context.ts';
import { clientAddress, currentRequest, setRoute, setUser, withRequest } from './index.ts';

describe('withRequest', () => {
  it('is there in everything that the work awaits or schedules, and nowhere else', async () => {
    expect(currentRequest()).toBeUndefined();
    const seen = await withRequest({ id: 'r-1' }, async () => {
      const ids = [currentRequest()?.id];
      await sleep(1);
      ids.push(currentRequest()?.id);
      await new Promise<void>((resolve) => setImmediate(() => resolve(void ids.push(currentRequest()?.id))));
      return ids;
    });
    expect(seen).toEqual(['r-1', 'r-1', 'r-1']);
    expect(currentRequest()).toBeUndefined();
  });

  it('keeps requests that run at once apart', async () => {
    const ids = Array.from({ length: 100 }, (_, i) => `r-${i}`);
    const seen = await Promise.all(
      ids.map((id) =>
        withRequest({ id }, async () => {
          setUser(`user of ${id}`);
          await sleep(1);
          return [currentRequest()?.id, currentRequest()?.user];
        }),
      ),
    );
    expect(seen).toEqual(ids.map((id) => [id, `user of ${id}`]));
  });

  it('ends with the work, also where it throws', () => {
    expect(() =>
      withRequest({}, () => {
        throw new Error('x');
      }),
    ).toThrow('x');
    expect(currentRequest()).toBeUndefined();
  });

  it('works without a framework', async () => {
    const server = createServer((req, res) => {
      const client = clientAddress(req.socket.remoteAddress, req.headers['x-forwarded-for'], 1);
      withRequest({ method: req.method, client }, () => {
        setRoute('/hello');
        const { method, route, client: seen } = currentRequest() ?? {};
        res.end(JSON.stringify({ method, route, seen }));
      });
    }).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const res = await fetch(url, { headers: { 'x-forwarded-for': '127.0.0.1, 203.0.113.9' } });
      expect(await res.json()).toEqual({ method: 'GET', route: '/hello', seen: '203.0.113.9' });
    } finally {
      server.close();
    }
  });

  it('is shared with a second copy', async () => {
    const url = './context.ts?copy=2';
    const copy: typeof import('./context.ts') = await import(/* @vite-ignore */ url);
    expect(copy.currentRequest).not.toBe(currentRequest);
    withRequest({ id: 'r-1' }, () => expect(copy.currentRequest()?.id).toBe('r-1'));
    copy.withRequest({ id: 'r-2' }, () => expect(currentRequest()?.nonce).toBe(copy.currentRequest()?.nonce));
  });
});

describe('the id', () => {
  it.each([
    'r-1',
    '01HZX3V0M7Q2K3J9D8W5R4T6YB',
    'Root=1-67891233-abcdef012345678912345678',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  ])('is taken as it was given: %s', (id) => {
    expect(withRequest({ id }, () => currentRequest()?.id)).toBe(id);
  });

  it.each([undefined, '', 'a b', 'a\r\nb', '"', '<script>', '\u202e', 'a'.repeat(129)])(
    'is a new one for %j',
    (id) => {
      expect(withRequest({ id }, () => currentRequest()?.id)).toMatch(/^[\da-f-]{36}$/);
    },
  );
});

describe('the nonce', () => {
  it('is 128 random bits, the same within a request and different in the next', () => {
    const nonces = Array.from({ length: 1000 }, () =>
      withRequest({}, () => [currentRequest()?.nonce, currentRequest()?.nonce]),
    );
    for (const [first, again] of nonces) {
      expect(first).toMatch(/^[A-Za-z\d+/]{22}==$/);
      expect(again).toBe(first);
    }
    expect(new Set(nonces.map(([first]) => first)).size).toBe(1000);
  });
});

describe('the route and the user', () => {
  it('may be named late, or asked for', () => {
    let known: string | undefined;
    withRequest({ route: () => known }, () => {
      expect(currentRequest()?.route).toBeUndefined();
      known = '/users/:id';
      expect(currentRequest()?.route).toBe('/users/:id');
      setRoute('/people/:id');
      expect(currentRequest()?.route).toBe('/people/:id');
      setUser('bob');
      expect(currentRequest()?.user).toBe('bob');
      setUser(undefined);
      expect(currentRequest()?.user).toBeUndefined();
    });
  });

  it('are ignored outside of a request', () => {
    setRoute('/x');
    setUser('bob');
    expect(currentRequest()).toBeUndefined();
  });
});

describe('outsideRequest', () => {
  it('leaves the request for the work and what it schedules', async () => {
    await withRequest({ id: 'r-1' }, async () => {
      await outsideRequest(async () => {
        await sleep(1);
        expect(currentRequest()).toBeUndefined();
      });
      expect(currentRequest()?.id).toBe('r-1');
    });
  });
});
