import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreloadedFolder, preloadedFolder } from '../../../checks/machine/preloaded.ts';

let folder: PreloadedFolder;
let server: Server;
let port: number;
let came = 0;

beforeAll(async () => {
  folder = await preloadedFolder();
  server = createServer((socket) => {
    came++;
    socket.on('error', () => {}).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  folder.remove();
});

/** What the caches, monitoring and mocks of a process make of `dns.lookup`; each is asked by two kinds of connection. */
const answers: Readonly<Record<string, string>> = {
  'a list': "cb(null, [{ address: '127.0.0.1', family: 4 }])",
  'one address': "cb(null, '127.0.0.1', 4)",
  undefined: 'cb(null, undefined)',
  null: 'cb(null, null, 4)',
  'null in a list': 'cb(null, [null])',
  'a private address': "cb(null, '10.0.0.1', 4)",
  'a getter that changes': `let n = 0; cb(null, [{ family: 4, get address() { return n++ === 0 ? '10.0.0.1' : '127.0.0.1'; } }])`,
  'a getter that throws':
    "cb(null, [{ get address() { throw Object.assign(new Error(), { code: 'OWN' }); } }])",
  'an error, twice': "const e = Object.assign(new Error(), { code: 'OWN' }); cb(e); cb(e)",
  'two answers': "cb(null, '127.0.0.1', 4); cb(null, '127.0.0.1', 4)",
};
const expected: Readonly<Record<string, string>> = {
  'a list': 'reached',
  'one address': 'reached',
  undefined: 'ENOTFOUND',
  null: 'ENOTFOUND',
  'null in a list': 'fetch/invalid-url',
  'a private address': 'fetch/private-address',
  'a getter that changes': 'fetch/private-address',
  'a getter that throws': 'OWN',
  'an error, twice': 'OWN',
  'two answers': 'reached',
};

describe('a dns.lookup that was replaced', () => {
  it.each(['dns.lookup', 'own'])(
    'throws at nobody, and what was checked is what is dialled (%s)',
    async (kind) => {
      const listed = Object.entries(answers).map(
        ([name, code]) => `[${JSON.stringify(name)}, (cb) => { ${code}; }]`,
      );
      const program = `
      import dns from 'node:dns';
      import net from 'node:net';
      let given;
      const replaced = (name, options, cb) => given(cb);
      if (${kind === 'dns.lookup'}) dns.lookup = replaced;
      const more = ${kind === 'dns.lookup'} ? {} : { lookup: replaced };
      const outcome = (autoSelectFamily) => new Promise((done) => {
        const socket = net.connect({ host: 'db.example', port: ${port}, autoSelectFamily, ...more });
        socket.on('error', (error) => done(error.code ?? error.message));
        socket.on('connect', () => { socket.destroy(); done('reached'); });
      });
      for (const [name, answer] of [${listed.join()}]) {
        for (const later of [false, true]) {
          given = later ? (cb) => setImmediate(answer, cb) : answer;
          for (const auto of [false, true]) console.log(name + ': ' + await outcome(auto));
        }
      }
      given = () => { throw Object.assign(new Error(), { code: 'OWN' }); };
      console.log('thrown: ' + await outcome(true));
      setTimeout(() => process.exit(), 50);`;
      const allowPrivate = [{ host: 'db.example', cidr: '127.0.0.1/32', ports: [port] }];
      const policy = { hosts: 'public', mode: 'enforce', log: 'off', allowPrivate };
      const before = came;
      const { code, output } = await folder.run({ program, policy });
      const four = Object.entries(expected).flatMap(([name, is]) => Array<string>(4).fill(`${name}: ${is}`));
      expect(output.trim().split('\n')).toEqual([...four, 'thrown: OWN']);
      expect(code).toBe(0);
      // The listener may be told of a connection after the process that made it has ended.
      await expect.poll(() => came - before).toBe(12);
    },
  );
});

describe('a polluted Object.prototype', () => {
  it('neither throws at the caller nor opens anything', async () => {
    const program = `
      import net from 'node:net';
      Object.prototype.get = Object.prototype.set = () => 'polluted';
      class Target { constructor(port) { this.port = port; } host = '127.0.0.1'; }
      const outcome = (target) => new Promise((done) => {
        const socket = net.connect(target);
        socket.on('error', (error) => done(error.code ?? error.message));
        socket.on('connect', () => { socket.destroy(); done('reached'); });
      });
      for (const port of [${port}, 9]) {
        console.log(await outcome(new Target(port)));
        console.log(await outcome(Object.create({ host: '127.0.0.1', port })));
        console.log(await outcome({ host: '127.0.0.1', port }));
      }
      setTimeout(() => process.exit(), 50);`;
    const allowPrivate = [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [port] }];
    const { code, output } = await folder.run({
      program,
      policy: { hosts: 'public', mode: 'enforce', log: 'off', allowPrivate },
    });
    const lines = output.trim().split('\n');
    expect(lines.slice(0, 3)).toEqual(['reached', 'reached', 'reached']);
    expect(lines.slice(3)).toEqual(Array(3).fill(expect.not.stringMatching(/^(reached|ECONNREFUSED)$/)));
    expect(code).toBe(0);
  });
});
