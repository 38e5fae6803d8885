import type { ShopOptions } from './shop.ts';

/** One or two proxies in front of the shop, and the expected diagnoses. */
export interface Cell {
  readonly name: string;
  /** From the client inwards; empty for a direct connection. */
  readonly proxies: readonly Hop[];
  /** Whether the outermost proxy ends TLS. */
  readonly tls?: boolean;
  readonly host?: 'localhost';
  readonly path?: string;
  readonly options: ShopOptions | ((origin: string) => ShopOptions);
  /** The diagnoses that must be `wrong`. No other may be. */
  readonly wrong: readonly string[];
  /** If the doctor's fix is a sentence: the lines of nginx that apply it. */
  readonly repaired?: readonly Hop[];
}

/** Lines of nginx, or a Node proxy that appends, or writes nothing. */
export type Hop = readonly string[] | 'node' | 'silent node';

const forAppended = 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for';
const forReplaced = 'proxy_set_header X-Forwarded-For $remote_addr';
const forRemoved = 'proxy_set_header X-Forwarded-For ""';
const proto = 'proxy_set_header X-Forwarded-Proto $scheme';
const host = 'proxy_set_header Host $http_host';
const right = [forAppended, proto, host];
const inner = [forAppended, host];
const forwarded = 'proxy_set_header Forwarded "for=$remote_addr;proto=$scheme"';
const cache = ['proxy_cache pages', 'proxy_cache_valid 200 1m', 'add_header X-Cache $upstream_cache_status'];
const ignoring = 'proxy_ignore_headers Cache-Control Set-Cookie Expires Vary';
const forged = 'proxy_set_header X-Forwarded-Host $http_x_forwarded_host';

export const cells: readonly Cell[] = [
  { name: 'no proxy', proxies: [], options: {}, wrong: [] },
  { name: 'one proxy', proxies: [right], options: { trustedProxies: 1 }, wrong: [] },
  { name: 'one proxy, TLS', proxies: [right], tls: true, options: { trustedProxies: 1 }, wrong: [] },
  { name: 'two proxies, TLS', proxies: [right, inner], tls: true, options: { trustedProxies: 2 }, wrong: [] },
  {
    name: 'a proxy that replaces X-Forwarded-For',
    proxies: [[forReplaced, proto, host]],
    options: { trustedProxies: 1 },
    wrong: [],
  },
  {
    name: 'Forwarded, TLS',
    proxies: [[forwarded, host]],
    tls: true,
    options: { trustedProxies: { hops: 1, headers: 'forwarded' } },
    wrong: [],
  },
  {
    name: 'the option origin, behind a proxy that tells neither scheme nor host',
    proxies: [[forReplaced]],
    tls: true,
    options: (origin) => ({ trustedProxies: 1, origin }),
    wrong: [],
  },
  {
    name: 'X-Forwarded-Host that is overwritten',
    proxies: [[forAppended, proto, 'proxy_set_header X-Forwarded-Host $http_host']],
    options: { trustedProxies: { hops: 1, allowForwardedHost: true } },
    wrong: [],
  },
  { name: 'a cache that obeys', proxies: [[...right, ...cache]], options: { trustedProxies: 1 }, wrong: [] },
  {
    name: 'a rewritten path, and no reports',
    proxies: [[...right, 'rewrite ^/app/(.*)$ /$1 break']],
    path: '/app/',
    options: { trustedProxies: 1 },
    wrong: [],
  },
  { name: 'a proxy of Node', proxies: ['node'], options: { trustedProxies: 1 }, wrong: [] },
  {
    name: 'nginx before Node',
    proxies: [right, 'node'],
    tls: true,
    options: { trustedProxies: 2 },
    wrong: [],
  },

  {
    name: 'no proxy, one counted',
    proxies: [],
    options: { trustedProxies: 1 },
    wrong: ['proxies/hops', 'proxies/tls'],
  },
  {
    name: 'one proxy, none counted',
    proxies: [right],
    tls: true,
    options: {},
    wrong: ['origin', 'proxies/hops', 'proxies/tls'],
  },
  {
    name: 'one proxy, two counted',
    proxies: [right],
    options: { trustedProxies: 2 },
    wrong: ['proxies/hops'],
  },
  {
    name: 'two proxies, one counted',
    proxies: [right, inner],
    tls: true,
    options: { trustedProxies: 1 },
    wrong: ['proxies/hops'],
  },
  {
    name: 'a proxy that is not believed',
    proxies: [right],
    tls: true,
    options: { trustedProxies: { hops: 1, from: ['10.0.0.0/8'] } },
    wrong: ['origin', 'proxies/hops', 'proxies/tls'],
  },
  {
    name: "a client's X-Forwarded-For that is passed on",
    proxies: [[proto, host]],
    options: { trustedProxies: 1 },
    wrong: ['proxies/hops'],
  },
  {
    name: 'X-Forwarded-For removed',
    proxies: [[forRemoved, proto, host]],
    options: { trustedProxies: 1 },
    wrong: ['proxies/hops'],
  },
  {
    name: 'a proxy that replaces behind another one, two counted',
    proxies: [right, [forReplaced, host]],
    options: { trustedProxies: 2 },
    wrong: ['proxies/hops'],
  },
  {
    name: 'a proxy that replaces behind another one, one counted',
    proxies: [right, [forReplaced, host]],
    options: { trustedProxies: 1 },
    wrong: ['proxies/hops'],
  },
  {
    name: 'Forwarded that is not read',
    proxies: [[forwarded, forRemoved, host]],
    tls: true,
    options: { trustedProxies: 1 },
    wrong: ['origin', 'proxies/hops', 'proxies/tls'],
  },
  {
    name: 'no X-Forwarded-Proto, TLS',
    proxies: [[forAppended, host]],
    tls: true,
    options: { trustedProxies: 1 },
    wrong: ['origin', 'proxies/tls'],
  },
  {
    name: "a client's X-Forwarded-Proto that is passed on",
    proxies: [[forAppended, host]],
    options: { trustedProxies: 1 },
    wrong: ['proxies/tls'],
  },
  {
    name: 'an inner proxy that overwrites X-Forwarded-Proto',
    proxies: [right, right],
    tls: true,
    options: { trustedProxies: 2 },
    wrong: ['origin', 'proxies/tls'],
  },
  {
    name: 'Host replaced by the address of the application',
    proxies: [[forAppended, proto]],
    tls: true,
    options: { trustedProxies: 1 },
    wrong: ['origin', 'proxies/host'],
  },
  {
    name: 'Host without its port',
    proxies: [[forAppended, proto, 'proxy_set_header Host $host']],
    options: { trustedProxies: 1 },
    wrong: ['origin', 'proxies/host'],
  },
  {
    name: "a client's X-Forwarded-Host that is believed",
    proxies: [[...right, forged]],
    options: { trustedProxies: { hops: 1, allowForwardedHost: true } },
    wrong: ['proxies/host'],
  },
  {
    name: 'another host than the option origin',
    proxies: [right],
    host: 'localhost',
    options: { trustedProxies: 1, origin: 'http://127.0.0.1' },
    wrong: ['origin'],
  },
  {
    name: 'a cache that ignores Cache-Control',
    proxies: [[...right, ...cache, ignoring]],
    options: { trustedProxies: 1 },
    wrong: ['csp/nonce'],
    repaired: [[...right, 'proxy_cache pages', 'proxy_ignore_headers Set-Cookie Expires Vary']],
  },
  {
    name: 'a rewritten path, with reports',
    proxies: [[...right, 'rewrite ^/app/(.*)$ /$1 break']],
    path: '/app/',
    options: { trustedProxies: 1, csp: { reportTo: '/csp' } },
    wrong: ['proxies/path'],
    repaired: [right],
  },
  {
    name: "a session's cookie with another path",
    proxies: [[...right, 'proxy_cookie_path / /app/']],
    tls: true,
    options: { trustedProxies: 1 },
    wrong: ['cookies'],
    repaired: [right],
  },
  {
    name: 'a header twice',
    proxies: [[...right, 'add_header X-Frame-Options SAMEORIGIN']],
    options: { trustedProxies: 1 },
    wrong: ['headers'],
    repaired: [right],
  },
  {
    name: 'a policy that the proxy removes',
    proxies: [[...right, 'proxy_hide_header Content-Security-Policy']],
    options: { trustedProxies: 1 },
    wrong: ['headers'],
    repaired: [right],
  },
  {
    name: 'a policy of the proxy, the same in every answer',
    proxies: [
      [...right, `add_header Content-Security-Policy "script-src 'nonce-c2FtZSBhbHdheXMgdGhlIHNhbWU='"`],
    ],
    options: { trustedProxies: 1 },
    wrong: ['csp/nonce', 'csp/violations'],
    repaired: [right],
  },
  {
    name: 'a proxy of Node that writes nothing',
    proxies: ['silent node'],
    options: { trustedProxies: 1 },
    wrong: ['proxies/hops'],
    repaired: ['node'],
  },
];
