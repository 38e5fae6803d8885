import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { type Gate, openGate } from './open-gate.ts';
import { parseHost, parseTarget } from './parse-target.ts';

const asked: string[] = [];
const answers: Readonly<Record<string, string>> = {
  'shop.example': '192.0.2.7',
  'meta.example': '169.254.169.254',
  'mapped.example': '::ffff:169.254.169.254',
  'www.shop.example': '192.0.2.8',
};

function resolve(hostname: string): Promise<readonly LookupAddress[]> {
  asked.push(hostname);
  const address = answers[hostname];
  return Promise.resolve(address === undefined ? [] : [{ address, family: address.includes(':') ? 6 : 4 }]);
}

function open(urls: readonly string[], allowHosts: readonly string[] = []): Promise<Gate> {
  return openGate({ urls: urls.map(parseTarget), allowHosts: allowHosts.map(parseHost), resolve });
}

describe('openGate', () => {
  it.each([
    'http://127.0.0.1:8080/',
    'https://localhost',
    'http://shop.localhost:1/',
    'http://[::1]:9/a',
    'http://2130706433/',
  ])('opens for this machine: %s', async (url) => {
    asked.length = 0;
    const gate = await open([url]);
    expect(gate.allows(new URL(url))).toBe(true);
    expect(gate.isLoopback).toBe(true);
    expect(asked).toEqual([]);
  });

  it.each([
    'https://shop.example',
    'http://192.0.2.7/',
    'http://0.0.0.0/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://localhost./',
  ])('stays shut for another host that is named once: %s', async (url) => {
    await expect(open([url])).rejects.toMatchObject({
      name: 'TargetMistake',
      message: expect.stringContaining('is not this machine'),
    });
  });

  it('opens for a host that is named twice, and resolves it once', async () => {
    asked.length = 0;
    const gate = await open(['https://shop.example/a', 'https://SHOP.example/b'], ['Shop.Example']);
    expect(gate.isLoopback).toBe(false);
    expect(gate.addresses('shop.example')).toEqual([{ address: '192.0.2.7', family: 4 }]);
    expect(asked).toEqual(['shop.example']);
    for (const url of ['https://shop.example/c', 'http://shop.example/', 'http://shop.example:80/'])
      expect(gate.allows(new URL(url)), url).toBe(true);
    for (const url of [
      'https://www.shop.example/',
      'https://shop.example:8443/',
      'http://shop.example:443/',
      'http://127.0.0.1/',
      'ftp://shop.example/',
      'https://shop.example.evil.example/',
      'https://shop.example@evil.example/',
    ])
      expect(gate.allows(new URL(url)), url).toBe(false);
  });

  it('opens for a second host by its name', async () => {
    const gate = await open(['https://shop.example'], ['shop.example', 'www.shop.example']);
    expect(gate.allows(new URL('https://www.shop.example/'))).toBe(true);
    expect(gate.allows(new URL('https://www.shop.example:8443/'))).toBe(false);
  });

  it('lets no redirect choose another port of this machine', async () => {
    const gate = await open(['http://127.0.0.1:8080/', 'https://127.0.0.1:8443/']);
    expect(gate.allows(new URL('https://127.0.0.1:8443/x'))).toBe(true);
    for (const url of [
      'http://127.0.0.1:6379/',
      'http://127.0.0.1/',
      'https://127.0.0.1:8080/',
      'http://localhost:8080/',
    ])
      expect(gate.allows(new URL(url)), url).toBe(false);
  });

  it.each([
    ['http://169.254.169.254/latest', '169.254.169.254'],
    ['https://meta.example', 'meta.example'],
    ['https://mapped.example', 'mapped.example'],
    ['http://[fd00:ec2::254]/', '[fd00:ec2::254]'],
    ['http://[::ffff:169.254.169.254]/', '::ffff:169.254.169.254'],
  ])('never opens for a metadata service: %s', async (url, host) => {
    await expect(open([url], [host])).rejects.toThrow(/is the metadata service of a cloud/);
  });

  it('has no address for a name that does not resolve', async () => {
    expect((await open(['https://none.example'], ['none.example'])).addresses('none.example')).toEqual([]);
  });
});

describe('parseTarget', () => {
  it.each([
    'shop.example',
    '//shop.example',
    'ftp://shop.example',
    'https://a:b@shop.example',
    'https://a@shop.example',
    'https:///a',
    'https:\\\\a',
    'file:///etc/passwd',
    'http://[::1',
    '',
    'http://',
  ])('refuses %j', (text) => {
    expect(() => parseTarget(text)).toThrow(/is not an http or https URL/);
  });

  it('leaves out the fragment', () => {
    expect(parseTarget('HTTPS://Shop.example/a?b#c').href).toBe('https://shop.example/a?b');
  });
});

describe('parseHost', () => {
  it.each([
    '*.example',
    'shop.example:443',
    'https://shop.example',
    'shop.example/',
    'a b',
    '',
    'a@b',
    '[::1]:80',
  ])('refuses %j', (text) => {
    expect(() => parseHost(text)).toThrow(/is not a host/);
  });

  it('reads names and addresses', () => {
    expect(['Shop.Example', '10.0.0.5', '::1', '[::1]'].map(parseHost)).toEqual([
      'shop.example',
      '10.0.0.5',
      '[::1]',
      '[::1]',
    ]);
  });
});
