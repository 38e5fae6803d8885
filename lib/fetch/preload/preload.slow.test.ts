import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreloadedFolder, preloadedFolder } from '../../../checks/machine/preloaded.ts';

let folder: PreloadedFolder;
let server: Server;
let port: number;
let came = 0;
const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const enforce = { hosts: 'public', mode: 'enforce', log: 'off' };

beforeAll(async () => {
  folder = await preloadedFolder();
  server = createServer((socket) => {
    came++;
    socket.on('error', () => {}).end('hello');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  folder.remove();
});

function meant(more: object = {}): object {
  const allowPrivate = [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [port] }];
  return { ...enforce, allowPrivate, ...more };
}

/** A program that prints what became of connections, one word each. */
function connecting(...targets: string[]): string {
  return `import net from 'node:net';
    const outcome = (target) => new Promise((done) => {
      const socket = net.connect(target);
      socket.on('error', (error) => done(error.code ?? error.message)).on('connect', () => { socket.destroy(); done('reached'); });
    });
    for (const target of [${targets.join()}]) console.log(await outcome(target));
    setTimeout(() => process.exit(), 50);`;
}
const there = () => `{ port: ${port}, host: '127.0.0.1' }`;

describe('a policy file', () => {
  it.each([
    ['is missing', undefined, 'cannot be read: ENOENT'],
    ['is no JSON', '{', 'is not JSON'],
    ['is a list', [], 'one JSON object'],
    ['has no mode', { hosts: 'public' }, 'says its mode'],
    ['has no hosts', { mode: 'enforce' }, "hosts is 'public' or a list"],
    ['reports without an end', { hosts: 'public', mode: 'report' }, 'bulwark/report-without-end'],
    ['has a word too many', { ...enforce, host: 'x' }, 'has no "host"'],
    ['speaks of requests', { ...enforce, methods: ['GET'] }, 'sees connections and no requests'],
    ['sets a prototype', '{"__proto__":{},"hosts":"public","mode":"enforce"}', 'has no "__proto__"'],
    ['allows a relative socket', { ...enforce, allowSockets: ['db.sock'] }, 'absolute paths'],
    ['has a limit that is null', { ...enforce, connectTimeoutMs: null }, 'connectTimeoutMs is null'],
    ['is its own log', { ...enforce, log: 'bulwark.egress.json' }, 'is the policy file'],
    ['has a log that is none', { ...enforce, log: '/dev/null' }, 'not a regular file'],
  ])('that %s starts nothing', async (_, policy, sentence) => {
    const { code, output, errors } = await folder.run({ program: "console.log('started')", policy });
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain(sentence);
    expect(errors).toMatch(/bulwark\/(invalid-option|report-without-end)[\s\S]*Policy file: .*egress\.json/);
  });

  it.skipIf(process.platform === 'win32')(
    'is not waited for where it is a pipe (not on Windows)',
    async () => {
      const file = join(folder.folder, 'pipe.json');
      execFileSync('mkfifo', [file]);
      const { code, errors } = await folder.run({ program: '', env: { BULWARK_EGRESS_POLICY: file } });
      expect(code).toBe(2);
      expect(errors).toContain('cannot be read');
    },
  );

  it('is found by BULWARK_EGRESS_POLICY, and says what is in force', async () => {
    const file = folder.write(
      'other.json',
      JSON.stringify({ ...meant(), name: 'web', mode: 'report', until: soon }),
    );
    const program = `import { preloaded } from ${JSON.stringify(pathToFileURL(folder.preload).href)};
      console.log(JSON.stringify(preloaded));`;
    const { code, output } = await folder.run({ program, env: { BULWARK_EGRESS_POLICY: file } });
    expect(code).toBe(0);
    expect(JSON.parse(output)).toEqual({ file, name: 'web', reportUntil: `${soon}T23:59:59.999Z` });
  });
});

describe('a refusal', () => {
  it('comes as a failing connection does: later, error, then close', async () => {
    const program = `import net from 'node:net';
      const socket = net.connect(${port}, '127.0.0.1', () => console.log('connected'));
      console.log(socket.connecting, socket.destroyed);
      socket.on('connectionAttempt', () => console.log('attempt'));
      socket.on('error', (error) => console.log(error.name, error.code));
      socket.on('close', (failed) => console.log('close', failed));
      socket.write('early', (error) => console.log(error?.code));`;
    const { code, output } = await folder.run({ program, policy: enforce });
    expect(code).toBe(0);
    expect(output.split('\n')).toEqual([
      ...[
        'true false',
        'Refusal fetch/private-address',
        'close true',
        'ERR_SOCKET_CLOSED_BEFORE_CONNECTION',
        '',
      ],
    ]);
  });

  it('ends a process only where the application listens for no error, as with any failing connection', async () => {
    const program = `import net from 'node:net'; net.connect(${port}, '127.0.0.1');`;
    const before = came;
    const refused = await folder.run({ program, policy: enforce });
    expect(refused.code).toBe(1);
    expect(came).toBe(before);
    expect(refused.errors).toContain('Refusal');
    expect((await folder.run({ program, policy: meant() })).code).toBe(0);
  });

  it('leaves a socket that can be connected again', async () => {
    const program = `import net from 'node:net';
      const socket = new net.Socket();
      const [bad, good] = [${port + 1}, ${port}];
      socket.on('error', (error) => console.log(error.code));
      socket.once('close', () => socket.connect(good, '127.0.0.1'));
      socket.on('connect', () => { console.log('connected'); socket.destroy(); });
      socket.connect(bad, '127.0.0.1');`;
    const { output } = await folder.run({ program, policy: meant() });
    expect(output).toBe('fetch/private-address\nconnected\n');
  });

  it('is not got around by what Node itself would throw at', async () => {
    const program = `import net from 'node:net';
      for (const args of [[], [{}], [-1], [70000], ['80x', {}], [{ port: null }], [{ path: 5 }], [{ port: 80, lookup: 5, host: 'a.example.com' }]]) {
        try { net.connect(...args).on('error', (error) => console.log('late', error.code)); } catch (error) { console.log(error.code); }
      }`;
    const guarded = await folder.run({ program, policy: enforce });
    const bare = await folder.run({ program, flags: [] });
    expect(guarded.output.replace('late fetch/unix-socket', '')).toBe(bare.output.replace('late ENOENT', ''));
    expect(guarded.code).toBe(0);
  });

  it('is for metadata in report mode as well', async () => {
    const program = connecting(
      `{ port: 80, host: '169.254.169.254' }`,
      there(),
      `{ port: 80, host: 'fe80::a9fe:a9fe%${'a'.repeat(80)}' }`,
    );
    const { output, events } = await folder.run({
      program,
      policy: { ...enforce, mode: 'report', until: soon },
    });
    expect(output).toBe('fetch/cloud-metadata\nreached\nfetch/cloud-metadata\n');
    expect(events).toEqual(
      expect.arrayContaining(['blocked fetch/cloud-metadata', 'reported fetch/private-address']),
    );
  });

  it('is enforced once report mode has ended', async () => {
    const program = connecting(there());
    const run = (until: string) => folder.run({ program, policy: { ...enforce, mode: 'report', until } });
    expect((await run(soon)).output).toBe('reached\n');
    expect((await run('2026-01-31')).output).toBe('fetch/private-address\n');
  });
});

describe('Unix sockets', () => {
  it('are reached by their exact path, and no other', async () => {
    const path = join(folder.folder, 'meant.sock');
    const other = join(folder.folder, 'other.sock');
    const linked = join(folder.folder, 'link.sock');
    rmSync(linked, { force: true });
    symlinkSync(path, linked);
    const program = `import http from 'node:http'; import net from 'node:net';
      const names = ${JSON.stringify([path, other, linked, `${folder.folder}/./meant.sock`, `${path}\0`, 'meant.sock', '\0bulwark-test'])};
      const servers = await Promise.all(names.filter((name) => /(meant|other)\\.sock$|^\\0/.test(name) && name !== 'meant.sock' && !name.includes('/./'))
        .map((name) => new Promise((done) => { const s = http.createServer((_, r) => r.end('hi')).listen(name, () => done(s)); })));
      for (const name of names) {
        console.log(await new Promise((done) => net.connect(name).on('error', (e) => done(e.code)).on('connect', function () { this.destroy(); done('reached'); })));
      }
      for (const socketPath of names.slice(0, 2)) {
        console.log(await new Promise((done) => http.get({ socketPath, path: '/' }).on('error', (e) => done(e.code)).on('response', () => done('reached'))));
      }
      process.exit();`;
    const { output } = await folder.run({
      program,
      policy: { ...enforce, allowSockets: [path, '@bulwark-test'] },
    });
    expect(output.trim().split('\n')).toEqual([
      ...['reached', ...Array<string>(5).fill('fetch/unix-socket'), 'reached'],
      ...['reached', 'fetch/unix-socket'],
    ]);
  });

  it('pass in report mode, and are written down', async () => {
    const path = join(folder.folder, 'reported.sock');
    const program = `import net from 'node:net';
      net.createServer((s) => s.end()).listen(${JSON.stringify(path)}, () => net.connect(${JSON.stringify(path)}).on('connect', () => { console.log('reached'); process.exit(); }));`;
    const { output, decisions } = await folder.run({
      program,
      policy: { hosts: [], mode: 'report', until: soon },
    });
    expect(output).toBe('reached\n');
    expect(decisions).toMatchObject([
      { outcome: 'reported', host: path, port: 0, code: 'fetch/unix-socket' },
    ]);
  });
});

describe("the environment's proxies", () => {
  it.each([
    ['HTTP_PROXY', (place: string) => `http://${place}`],
    ['https_proxy', (place: string) => place],
    ['ALL_PROXY', (place: string) => `socks5://user:secret@${place}/`],
    ['npm_config_https_proxy', (place: string) => `http://${place}/`],
  ])('are refused unless the policy names them: %s', async (variable, write) => {
    const env = { [variable]: write(`127.0.0.1:${port}`) };
    const program = connecting(there());
    const hidden = await folder.run({ program, policy: meant(), env });
    expect(hidden.output).toBe('fetch/proxied-request\n');
    const proxy = `http://127.0.0.1:${port}`;
    const named = await folder.run({ program, policy: { ...enforce, proxy, log: 'stderr' }, env });
    expect(named.output).toBe('reached\n');
    expect(named.decisions).toMatchObject([{ outcome: 'allowed', rule: 'proxy', address: '127.0.0.1' }]);
  });

  it('are seen where the application sets them late, and in report mode', async () => {
    const program = `process.env.HTTP_PROXY = 'http://localhost.:${port}';${connecting(`{ port: ${port}, host: 'LOCALHOST' }`, there())}`;
    const { output } = await folder.run({ program, policy: { ...meant(), mode: 'report', until: soon } });
    expect(output).toBe('fetch/proxied-request\nreached\n');
  });

  it('are seen behind a name, too: Node 26 gives them as the answer of a lookup', async () => {
    const env = { HTTP_PROXY: `http://127.0.0.1:${port}` };
    const lookup = `lookup: (name, options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }])`;
    const program = connecting(`{ port: ${port}, host: 'target.example.com', ${lookup} }`);
    const allowPrivate = [{ host: 'target.example.com', cidr: '127.0.0.1/32', ports: [port] }];
    const run = (more: object) =>
      folder.run({ program, policy: { ...enforce, hosts: [], allowPrivate, ...more }, env });
    expect((await run({})).output).toBe('fetch/proxied-request\n');
    expect((await run({ proxy: env.HTTP_PROXY })).output).toBe('reached\n');
    expect((await run({ proxy: env.HTTP_PROXY, allowPrivate: [] })).output).toBe('reached\n');
    const elsewhere = `http://127.0.0.2:${port}`;
    expect((await run({ proxy: elsewhere, allowPrivate: [] })).output).toBe('fetch/proxied-request\n');
    const unset = await folder.run({ program, policy: { ...enforce, hosts: [], proxy: elsewhere } });
    expect(unset.output).toBe('fetch/private-address\n');
  });

  it('are no way to metadata, even where the policy names one', async () => {
    const policy = { ...enforce, proxy: 'http://169.254.169.254:3128' };
    const { output } = await folder.run({
      program: connecting("{ port: 3128, host: '169.254.169.254' }"),
      policy,
    });
    expect(output).toBe('fetch/cloud-metadata\n');
  });
});

describe('the decision log', () => {
  it('has a line for each decision, counts identical ones, and is complete as the process exits', async () => {
    const log = join(folder.folder, 'egress.log');
    const closed = `{ port: ${port}, host: '127.0.0.2' }`;
    const program = connecting(there(), there(), there(), closed).replace('50);', '0); process.exit();');
    await folder.run({ program, policy: meant({ log: 'egress.log', name: 'web' }) });
    const lines = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    const allowed = { outcome: 'allowed', policy: 'web', host: '127.0.0.1', port, address: '127.0.0.1' };
    expect(lines).toMatchObject([
      { ...allowed, rule: 'allowPrivate 127.0.0.1', addresses: ['127.0.0.1'], time: expect.any(String) },
      { outcome: 'refused', host: '127.0.0.2', code: 'fetch/private-address' },
      { ...allowed, count: 2 },
    ]);
  });
});

it('gives up a connection where the policy says after how long', async () => {
  const program = `import net from 'node:net';
    const lookup = () => {};
    const run = (socket) => socket.on('error', (error) => console.log(error.code));
    run(net.connect({ host: 'never.example.com', port: 80, lookup }));
    setTimeout(() => process.exit(), 300);`;
  const limited = await folder.run({ program, policy: { ...enforce, connectTimeoutMs: 50 } });
  expect(limited.output).toBe('fetch/timeout\n');
  expect((await folder.run({ program, policy: enforce })).output).toBe('');
});
