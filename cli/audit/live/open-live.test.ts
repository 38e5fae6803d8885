import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serveHttp } from '../../target/testing/serve.ts';
import { type LiveOptions, openLive } from './open-live.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulwark-live-'));
afterAll(() => rmSync(folder, { recursive: true }));
const none: LiveOptions = { urls: [], allowHosts: [], probeAddresses: [] };
const url = 'http://127.0.0.1:9/';

describe('options that are wrong', () => {
  it.each<[string, string, Partial<LiveOptions>]>([
    ['audit/url', 'shop.example is not this machine', { urls: ['https://shop.example'] }],
    ['audit/url', 'is not an http or https URL', { urls: ['shop.example'] }],
    ['audit/url', 'is not a host', { urls: [url], allowHosts: ['*'] }],
    [
      'audit/url',
      'is the metadata service',
      { urls: ['http://169.254.169.254/'], allowHosts: ['169.254.169.254'] },
    ],
    ['audit/url', 'is not an address with a port', { hostProbe: true, probeAddresses: ['db.internal:5432'] }],
    ['audit/url', 'is not an address with a port', { hostProbe: true, probeAddresses: ['10.0.0.0/8:80'] }],
    ['audit/url', 'is not an address with a port', { hostProbe: true, probeAddresses: ['10.0.0.1:99999'] }],
    ['audit/option', '--allow-host needs --url', { allowHosts: ['shop.example'] }],
    ['audit/option', '--ca needs --url', { ca: 'ca.pem' }],
    ['audit/option', '--browser needs --url', { browser: true }],
    ['audit/option', '--login-probe needs --url', { loginProbe: url, loginUser: 'probe' }],
    ['audit/option', '--login-probe needs --login-user', { urls: [url], loginProbe: url }],
    ['audit/option', '--login-user needs --login-probe', { urls: [url], loginUser: 'probe' }],
    [
      'audit/url',
      'shop.example is not this machine',
      { urls: [url], loginProbe: 'https://shop.example', loginUser: 'probe' },
    ],
    ['audit/option', '--probe-address needs --host-probe', { probeAddresses: ['10.0.0.1:80'] }],
    ['audit/option', '--url is given 6 times', { urls: Array(6).fill(url) }],
    [
      'audit/option',
      '--probe-address is given 11 times',
      { hostProbe: true, probeAddresses: Array(11).fill('10.0.0.1:80') },
    ],
    ['audit/option', 'is not a readable file', { urls: [url], ca: join(folder, 'none.pem') }],
  ])('end with %s: %s', async (code, message, options) => {
    await expect(openLive({ ...none, ...options }, '0')).rejects.toMatchObject({
      name: 'AuditMistake',
      code,
      message: expect.stringContaining(message),
    });
  });

  it('end so for a file that is no certificate', async () => {
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, 'no certificate');
    await expect(openLive({ ...none, urls: [url], ca }, '0')).rejects.toMatchObject({ code: 'audit/option' });
  });
});

describe('options that are right', () => {
  it('give a view of the site', async () => {
    const served = await serveHttp((_req, res) => res.end('hello'));
    const { site, host } = await openLive({ ...none, urls: [served.origin] }, '1.2.3');
    await served.close();
    expect(site?.pages[0]?.first.answers[0]?.body).toBe('hello');
    expect(host).toBeUndefined();
  });

  it('give nothing if there are none', async () => {
    expect(await openLive(none, '0')).toEqual({});
  });
});
