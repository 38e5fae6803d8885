import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { ServerOptions } from 'node:https';
import express, { type RequestHandler } from 'express';
import { describe, expect, it, vi } from 'vitest';
import type { CertificateOptions } from '../../../target/testing/certificates.ts';
import { served, serveHttp } from '../../../target/testing/serve.ts';
import { changesOf, good, liveAudits, type Verdicts, withoutTls } from '../../testing/live-audits.ts';
import { shop } from '../../testing/shop-server.ts';

const { audit, certificate, differences, keep, overHttp } = liveAudits();

describe('a site over https', () => {
  it('passes all if nothing is wrong', async () => {
    expect(await differences(shop())).toEqual({});
  });

  it.each<[string, ServerOptions, CertificateOptions, Verdicts]>([
    [
      'TLS 1.1',
      { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.2', ciphers: 'DEFAULT@SECLEVEL=0' },
      { key: 'rsa:2048' },
      { 'tls-versions': 'fail', 'forward-secrecy': 'fail' },
    ],
    ['the defaults of Node', { ciphers: undefined }, { key: 'rsa:2048' }, { 'forward-secrecy': 'fail' }],
  ])('%s', async (_, options, pair, expected) => {
    expect(await differences(shop(), options, pair)).toEqual(expected);
  });

  it('has a fresh nonce each time', async () => {
    const handler: RequestListener = (req, res) => {
      const nonce = randomBytes(16).toString('base64');
      const policy = `script-src 'nonce-${nonce}' 'strict-dynamic'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'`;
      shop({
        headers: { 'Content-Security-Policy': policy },
        page: `<!doctype html><script nonce="${nonce}">run()</script>`,
      })(req, res);
    };
    expect(await differences(handler)).toEqual({ 'csp-nonce': 'pass' });
  });

  it('speaks HTTP/2', async () => {
    const server = createSecureServer(
      { ...certificate(), allowHTTP1: true, ciphers: 'ECDHE+AESGCM' },
      shop() as never,
    );
    const one = await served(server as never, [], () => {});
    keep(one);
    const verdicts = await audit(`${one.origin.replace('http:', 'https:')}/`);
    expect(changesOf(verdicts, good)).toEqual({ http2: 'pass', 'https-redirect': 'unknown' });
  });
});

describe('a single-page application that answers 200 to everything', () => {
  it('serves no files, and shows no errors', async () => {
    const handler: RequestListener = (req, res) => {
      if (req.url?.startsWith('/app.js')) shop()(req, res);
      else shop()(Object.assign(req, { url: '/' }), res);
    };
    expect(await differences(handler)).toEqual({ 'security-txt': 'fail' });
  });
});

describe('Express', () => {
  const guard: RequestHandler = (_, res, next) => {
    res.set({
      'Content-Security-Policy': "default-src 'self'; frame-ancestors 'none'",
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  };
  const routes = (app: ReturnType<typeof express>): ReturnType<typeof express> =>
    app
      .get('/', (_, res) => void res.send('<!doctype html><title>Shop</title>'))
      .get('/:page', (_, res) => void res.sendStatus(404));

  it('as it comes', async () => {
    const app = routes(express());
    const verdicts = await audit(`${await overHttp(app)}/`);
    expect(changesOf(verdicts, withoutTls)).toEqual({
      ...{
        csp: 'fail',
        'csp-violations': 'none',
        framing: 'fail',
        nosniff: 'fail',
        'referrer-policy': 'fail',
      },
      ...{
        'server-header': 'fail',
        'session-cookie': 'unknown',
        'rejected-cookies': 'none',
        'security-txt': 'fail',
      },
      ...{ 'debug-page': 'fail', 'error-details': 'fail' },
    });
  });

  it('in production, with the headers of the shop', async () => {
    // Express writes errors there in production.
    vi.spyOn(console, 'error').mockReturnValue();
    const app = routes(express().set('env', 'production').disable('x-powered-by').use(guard));
    const verdicts = await audit(`${await overHttp(app)}/`);
    expect(changesOf(verdicts, withoutTls)).toEqual({
      ...{ 'session-cookie': 'unknown', 'rejected-cookies': 'none', 'security-txt': 'fail' },
    });
  });
});

describe('a server that nobody reaches', () => {
  it('passes nothing', async () => {
    const one = await serveHttp((_, res) => res.end());
    await one.close();
    const verdicts = Object.values(await audit(`${one.origin}/`));
    expect(verdicts.filter((verdict) => verdict === 'pass' || verdict === 'fail')).toEqual([]);
  });
});
