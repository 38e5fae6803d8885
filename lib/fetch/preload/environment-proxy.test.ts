import { describe, expect, it } from 'vitest';
import { isEnvironmentProxy } from './environment-proxy.ts';

describe('isEnvironmentProxy', () => {
  it.each([
    [{ HTTP_PROXY: 'http://proxy.example:3128' }, 'proxy.example', 3128],
    [{ http_proxy: 'http://proxy.example' }, 'proxy.example', 80],
    [{ HTTPS_PROXY: 'https://proxy.example/' }, 'proxy.example', 443],
    [{ https_proxy: 'proxy.example:3128' }, 'proxy.example', 3128],
    [{ ALL_PROXY: 'socks5h://PROXY.example.' }, 'proxy.example', 1080],
    [{ all_proxy: 'http://user:pass%20word@[::1]:3128' }, '::1', 3128],
    [{ npm_config_proxy: 'http://0x7f.1:3128' }, '127.0.0.1', 3128],
    // As `URL` reads them, and so Node and undici
    [{ HTTP_PROXY: ' http://proxy.example:3128\n' }, 'proxy.example', 3128],
    [{ HTTP_PROXY: 'http:/proxy.example:3128' }, 'proxy.example', 3128],
    [{ HTTP_PROXY: 'http:proxy.example:3128' }, 'proxy.example', 3128],
    [{ HTTP_PROXY: 'http:\\\\proxy.example:3128' }, 'proxy.example', 3128],
    [{ HTTP_PROXY: 'ht\ttp://proxy.example:3128' }, 'proxy.example', 3128],
    [{ HTTP_PROXY: '"http://proxy.example:3128"' }, 'proxy.example', 3128],
    [{ HTTP_PROXY: ' proxy.example:3128 ' }, 'proxy.example', 3128],
    // proxy-from-env gives it the scheme of the target.
    [{ HTTPS_PROXY: 'proxy.example' }, 'proxy.example', 443],
    [{ WSS_PROXY: 'wss://proxy.example' }, 'proxy.example', 443],
    [{ NPM_CONFIG_HTTPS_PROXY: 'http://proxy.example:3128' }, 'proxy.example', 3128],
    [{ SOCKS_PROXY: 'socks5://proxy.example' }, 'proxy.example', 1080],
  ] as [Record<string, string>, string, number][])('finds %j', (environment, host, port) => {
    expect(isEnvironmentProxy(['other.example', host], port, environment)).toBe(true);
    expect(isEnvironmentProxy([host], port + 1, environment)).toBe(false);
    expect(isEnvironmentProxy([`not.${host}`], port, environment)).toBe(false);
  });

  it.each(['', 'http://', '://', 'false', 'http://a b/'])('finds none in %j', (HTTP_PROXY) => {
    expect(isEnvironmentProxy(['proxy.example'], 80, { HTTP_PROXY })).toBe(false);
  });

  it('keeps no more than it needs of an environment that changes', () => {
    for (let i = 0; i < 1000; i++) {
      expect(isEnvironmentProxy(['p.example'], i, { HTTP_PROXY: `http://p.example:${i}` })).toBe(true);
    }
  });
});
