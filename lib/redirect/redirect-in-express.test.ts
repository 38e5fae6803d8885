import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { redirectAttacks } from '../testing/corpus/redirect.ts';
import { redirectTo, safeRedirect } from './index.ts';

describe('res.redirect of Express', () => {
  let server: Server;
  let own = '';

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const app = express();
    app.get('/login', (req, res) => res.redirect(safeRedirect(req.query['next'], { fallback: '/home' })));
    app.get('/users/:name', (req, res) => res.redirect(redirectTo`/people/${req.params.name}`));
    app.get('/unguarded', (req, res) => res.redirect(String(req.query['next'])));
    server = await new Promise((resolve) => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
    own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const locationOf = async (path: string): Promise<string | null> =>
    (await fetch(`${own}${path}`, { redirect: 'manual' })).headers.get('location');

  it('leads to the fallback for every attack', async () => {
    for (const { payload } of redirectAttacks) {
      const location = await locationOf(`/login?next=${encodeURIComponent(payload)}`);
      expect([payload, location]).toEqual([payload, '/home']);
    }
  });

  it('leads to another site without the guard', async () => {
    const left = redirectAttacks.filter(
      ({ payload, leaves }) => leaves !== false && /^[!-~]*$/.test(payload),
    );
    expect(left.length).toBeGreaterThan(10);
    for (const { payload } of left) {
      const location = (await locationOf(`/unguarded?next=${encodeURIComponent(payload)}`)) ?? '';
      // `https:evil.example` leaves an http site only.
      expect([payload, new URL(location, own).origin]).not.toEqual([payload, own]);
    }
  });

  it('leads to the fallback for lists and records', async () => {
    for (const query of ['next=/a&next=//evil.example', 'next[]=//evil.example', 'next[toString]=x', '']) {
      expect(await locationOf(`/login?${query}`)).toBe('/home');
    }
  });

  it('leads to the page that was asked for', async () => {
    for (const target of ['/orders?page=2&sort=a%20b#last', '/caf%C3%A9', '/@alice', '/a%2Fb']) {
      expect(await locationOf(`/login?next=${encodeURIComponent(target)}`)).toBe(target);
    }
    expect(await locationOf('/users/a%2Fb%3Fc')).toBe('/people/a%2Fb%3Fc');
  });

  it('writes one header, whatever raw bytes the request has', async () => {
    const text = await new Promise<string>((resolve) => {
      let received = '';
      const socket = connect(Number(new URL(own).port), '127.0.0.1');
      socket.on('data', (chunk) => {
        received += chunk;
      });
      socket.on('close', () => resolve(received));
      socket.end(
        'GET /login?next=/x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      );
    });
    expect(text).toMatch(/^Location: \/home\r$/m);
    expect(text).not.toContain('Set-Cookie');
  });
});
