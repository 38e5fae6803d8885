import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Misuse } from '../../refusal/misuse.ts';
import { parseGatewayConfig } from './gateway-settings.ts';
import { digestOf } from './role/credential.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-config-'));
  writeFileSync(join(folder, 'secret'), 'from a file\n');
  writeFileSync(join(folder, 'empty'), '\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const role = { name: 'r', anonymous: true, hosts: 'public' };
const sha = 'a'.repeat(64);
const user = { user: 'u', passwordSha256: sha };
const named = { name: 'r', credentials: [user], hosts: 'public' };

function mistake(config: unknown): string {
  try {
    parseGatewayConfig(config, folder);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    expect(error.code).toBe('gateway/invalid-config');
    return error.message.replace('The configuration of the egress gateway has an invalid value. ', '');
  }
}

describe('a configuration', () => {
  it('has defaults for everything but its roles', () => {
    const settings = parseGatewayConfig({ roles: [role] }, folder);
    expect(settings.listen).toEqual({ host: '127.0.0.1', port: 4750 });
    expect(settings.admin).toBeUndefined();
    expect(settings.logFile).toBeUndefined();
    expect(settings.limits).toMatchObject({ maxTunnels: 2_000, tunnelMs: 3_600_000, drainMs: 30_000 });
    expect(settings.roles[0]).toMatchObject({
      action: 'enforce',
      maxTunnels: 1_000,
      requestsPerSecond: 1_000,
    });
  });

  it('is taken whole', () => {
    process.env['BULWARK_TEST_PASSWORD'] = 'from the environment';
    const settings = parseGatewayConfig(
      {
        listen: { host: '::1', port: 0 },
        admin: { port: 4751 },
        log: { file: 'log.jsonl' },
        limits: { maxTunnels: 10, requestsPerSecond: 5 },
        roles: [
          {
            ...{ name: 'previews', action: 'report', until: new Date().toISOString().slice(0, 10) },
            credentials: [
              user,
              { user: 'env', passwordEnv: 'BULWARK_TEST_PASSWORD' },
              { user: 'file', passwordFile: 'secret' },
            ],
            ...{ hosts: ['*.example.com'], ports: [443], schemes: ['https'], methods: ['GET'] },
            allowPrivate: [{ host: 'wiki.internal', cidr: '10.2.0.0/16', ports: [443] }],
            ...{
              nat64: ['64:ff9b:1:fffe::/96'],
              proxy: 'http://proxy.example:3128',
              requestsPerSecond: 7,
              maxTunnels: 3,
            },
          },
          role && { ...role, name: 'rest', action: 'open' },
        ],
      },
      folder,
    );
    expect(settings.logFile).toBe(join(folder, 'log.jsonl'));
    const [previews, rest] = settings.roles;
    expect(previews).toMatchObject({ requestsPerSecond: 7, maxTunnels: 3 });
    expect(previews?.credentials.map(({ digest }) => digest.toString('hex'))).toEqual([
      sha,
      digestOf('from the environment').toString('hex'),
      digestOf('from a file').toString('hex'),
    ]);
    expect(rest).toMatchObject({ action: 'open', requestsPerSecond: 5 });
  });

  const long = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  const wrong: [config: unknown, sentence: string][] = [
    [undefined, 'This is a group of fields: listen, admin, log, limits, roles.'],
    [[], 'This is a group of fields'],
    [{}, 'roles: This is a list.'],
    [{ roles: [] }, 'roles: At least one role is needed'],
    [
      { roles: [role], rolls: 1 },
      'rolls: There is no such field. There are listen, admin, log, limits, roles.',
    ],
    [{ roles: [role], listen: { port: '4750' } }, 'listen.port: This is a whole number from 0 to 65535.'],
    [{ roles: [role], listen: { host: 'localhost' } }, 'listen.host: This is an address'],
    [{ roles: [role], listen: { hots: 'x' } }, 'listen.hots: There is no such field.'],
    [{ roles: [role], admin: {} }, 'admin.port: This is a whole number'],
    [{ roles: [role], log: 'stderr' }, 'log: This is stdout, or { file: path }.'],
    [{ roles: [role], log: { file: '' } }, 'log.file: This is a text'],
    [
      { roles: [role], limits: { idleMs: 1.5 } },
      'limits.idleMs: This is a whole number from 10 to 2147483647.',
    ],
    [{ roles: [role], limits: { maxTunnel: 1 } }, 'limits.maxTunnel: There is no such field.'],
    [{ roles: [{ ...role, name: 'a b' }] }, 'roles[0].name: A name has 1 to 64 letters'],
    [{ roles: [{ ...role, hosts: undefined }] }, "roles[0]: hosts is 'public' or a list of names."],
    [{ roles: [{ ...role, hosts: ['*.com'] }] }, 'roles[0]: "*.com" in hosts needs two labels'],
    [{ roles: [{ ...role, ports: [0] }] }, 'roles[0]: ports takes whole numbers'],
    [{ roles: [{ ...role, onDecision: 1 }] }, 'roles[0].onDecision: There is no such field.'],
    [
      { roles: [{ ...role, allowPrivate: [{ host: 'a', port: [1] }] }] },
      'roles[0].allowPrivate[0].port: There is no such field.',
    ],
    [
      { roles: [{ ...role, allowPrivate: [{ host: 'a', cidr: '0.0.0.0/0', ports: [1] }] }] },
      'roles[0]: cidr in allowPrivate',
    ],
    [{ roles: [{ ...role, action: 'allow' }] }, 'roles[0].action: This is enforce, report or open.'],
    [{ roles: [{ ...role, action: 'report' }] }, 'roles[0].until: Report needs its end'],
    [
      { roles: [{ ...role, action: 'report', until: long }] },
      'roles[0].until: Report mode needs an end date',
    ],
    [{ roles: [{ ...role, until: '2027-01-31' }] }, 'roles[0].until: Only `action: report` has an end.'],
    [{ roles: [{ name: 'r', hosts: 'public' }] }, 'roles[0]: Nobody has this role'],
    [{ roles: [{ ...role, anonymous: 'yes' }] }, 'roles[0].anonymous: This is true or false.'],
    [{ roles: [role, role] }, 'roles: The name "r" stands here twice.'],
    [{ roles: [role, { ...role, name: 's' }] }, 'roles: One role at most is anonymous.'],
    [{ roles: [named, { ...named, name: 's' }] }, 'roles: The user "u" stands here twice.'],
    [
      { roles: [{ ...named, credentials: [{ user: 'a:b', passwordSha256: sha }] }] },
      'roles[0].credentials[0].user: A user has',
    ],
    [
      { roles: [{ ...named, credentials: [{ user: 'a' }] }] },
      'roles[0].credentials[0]: One of passwordSha256, passwordEnv, passwordFile is needed.',
    ],
    [
      { roles: [{ ...named, credentials: [{ ...user, passwordEnv: 'X' }] }] },
      'roles[0].credentials[0]: One of',
    ],
    [
      { roles: [{ ...named, credentials: [{ user: 'a', passwordSha256: 'hunter2' }] }] },
      'roles[0].credentials[0].passwordSha256: This is the SHA-256',
    ],
    [
      { roles: [{ ...named, credentials: [{ user: 'a', passwordEnv: 'BULWARK_NOT_THERE' }] }] },
      'roles[0].credentials[0].passwordEnv: The environment has no variable of this name',
    ],
    [
      { roles: [{ ...named, credentials: [{ user: 'a', passwordFile: 'missing' }] }] },
      'cannot be read: ENOENT.',
    ],
    [
      { roles: [{ ...named, credentials: [{ user: 'a', passwordFile: '/dev/zero' }] }] },
      'it is no file of at most',
    ],
    [{ roles: [{ ...named, credentials: [{ user: 'a', passwordFile: 'empty' }] }] }, 'The file is empty.'],
    [
      { roles: [{ ...named, certificates: [{ cn: 'x' }] }] },
      'roles[0].certificates: Certificates of clients need listen.tls.clientCa.',
    ],
    [
      { roles: [{ ...named, certificates: [{ san: 'spiffe://x' }] }] },
      'roles[0].certificates[0].san: A name has its type',
    ],
    [
      { roles: [{ ...named, certificates: [{ fingerprint256: 'ab' }] }] },
      'roles[0].certificates[0].fingerprint256: This is a SHA-256',
    ],
    [
      { roles: [named], listen: { tls: { key: 'secret', cert: 'secret' } } },
      'listen.tls: Key and certificate cannot be used',
    ],
    [
      { roles: [role], listen: { host: '0.0.0.0' } },
      'roles[0].anonymous: Without authentication the gateway listens on loopback alone, not on 0.0.0.0.',
    ],
    [
      { roles: [role], listen: { host: '::' } },
      'Without authentication the gateway listens on loopback alone',
    ],
    [
      { roles: [named, { ...role, name: 's' }], listen: { host: '10.0.0.1' } },
      'roles[1].anonymous: Without authentication',
    ],
  ];
  const emptyDigest = digestOf('').toString('hex');
  wrong.push(
    [
      { roles: [{ ...named, credentials: [{ user: 'a', passwordSha256: emptyDigest.toUpperCase() }] }] },
      'roles[0].credentials[0].passwordSha256: This is the SHA-256 of an empty password',
    ],
    [{ roles: [{ ...role, methods: null }] }, 'roles[0].methods: Nothing stands here'],
    [{ roles: [{ ...role, ports: null }] }, 'roles[0].ports: Nothing stands here'],
    [{ roles: [role], limits: null }, 'limits: Nothing stands here'],
    [{ roles: [role], log: { file: '.' } }, 'log.file: This is a folder'],
    [{ roles: [role], listen: { port: 9 }, admin: { port: 9 } }, 'admin.port: This is the port of clients.'],
    [
      { roles: [named], listen: { host: '0.0.0.0', port: 9 }, admin: { port: 9 } },
      'admin.port: This is the port of clients.',
    ],
  );
  for (const proxy of ['http://127.0.0.1:4750', 'http://localhost:4750', 'https://[::ffff:127.0.0.1]:4751']) {
    wrong.push([
      { roles: [role, { ...named, name: 's', proxy }], admin: { port: 4751 } },
      'roles[1].proxy: This is the gateway itself.',
    ]);
  }
  wrong.push([
    { roles: [{ ...named, proxy: 'http://127.0.0.3:4750' }], listen: { host: '0.0.0.0' } },
    'roles[0].proxy: This is the gateway itself.',
  ]);
  it.each(wrong)('%j is refused with its place', (config, sentence) => {
    expect(mistake(config)).toContain(sentence);
  });

  it('listens anywhere with credentials, and on loopback without', () => {
    expect(mistake({ roles: [named], listen: { host: '0.0.0.0' } })).toBe('accepted');
    expect(mistake({ roles: [role], listen: { host: '127.0.0.9' } })).toBe('accepted');
    expect(mistake({ roles: [role], listen: { host: '::1' } })).toBe('accepted');
  });

  it('may have a proxy, an admin port and a log that lie beside what is refused', () => {
    for (const proxy of ['http://127.0.0.1:4751', 'http://127.0.0.2:4750', 'http://proxy.example:4750']) {
      expect(mistake({ roles: [{ ...named, proxy }] })).toBe('accepted');
    }
    expect(mistake({ roles: [role], listen: { port: 0 }, admin: { port: 0 } })).toBe('accepted');
    const apart = { listen: { port: 9 }, admin: { host: '127.0.0.2', port: 9 } };
    expect(mistake({ roles: [{ ...role, methods: undefined }], ...apart })).toBe('accepted');
    expect(mistake({ roles: [role], log: { file: 'later/log' } })).toBe('accepted');
  });

  it('shows no password in what it says', () => {
    expect(
      mistake({ roles: [{ ...named, credentials: [{ user: 'a', passwordSha256: 'hunter2' }] }] }),
    ).not.toContain('hunter2');
    expect(
      mistake({ roles: [{ ...named, credentials: [{ user: 'a', passwordEnv: 'hunter2' }] }] }),
    ).not.toContain('hunter2');
    expect(mistake({ roles: [{ ...role, proxy: 'ftp://u:hunter2@x' }] })).not.toContain('hunter2');
  });

  it('is not filled in by a polluted prototype', () => {
    Object.defineProperty(Object.prototype, 'anonymous', { value: true, configurable: true });
    try {
      expect(mistake({ roles: [{ name: 'r', hosts: 'public' }] })).toContain('Nobody has this role');
    } finally {
      delete (Object.prototype as { anonymous?: unknown }).anonymous;
    }
  });
});

describe('the page', () => {
  it('shows configurations that are accepted', () => {
    const page = readFileSync(new URL('../../../docs/gateway.md', import.meta.url), 'utf8');
    const shown = [...page.matchAll(/```yaml\n([^`]*)```/g)].map(([, text = '']) => parse(text));
    expect(shown.map(mistake)).toEqual(['accepted', 'accepted']);
  });
});
