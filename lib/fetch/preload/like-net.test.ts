import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreloadedFolder, preloadedFolder } from '../../../checks/machine/preloaded.ts';

let folder: PreloadedFolder;
let server: Server;
let port: number;

beforeAll(async () => {
  folder = await preloadedFolder();
  server = createServer((socket) => socket.on('error', () => {}).end());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  folder.remove();
});

const enforce = { hosts: 'public', mode: 'enforce', log: 'off' };

describe('what the policy allows', () => {
  it('is connected as without the preload: options that are not enumerable, errors, events', async () => {
    const program = `import net from 'node:net';
      const outcome = (options) => new Promise((done) => {
        try {
          net.connect(options)
            .on('lookup', (error, address) => console.log(error?.code, address))
            .on('connect', function () { done(this.localAddress); this.destroy(); })
            .on('error', (error) => done(error.code));
        } catch (error) { done(error.code); }
      });
      const plain = { host: '127.0.0.1', port: ${port} };
      console.log(await outcome(plain));
      console.log(await outcome(Object.defineProperty({ ...plain }, 'localAddress', { value: '127.0.0.3' })));
      console.log(await outcome({ ...plain, host: 5 }));
      const failure = Object.assign(new Error(), { code: 'OWN' });
      const lookup = (name, options, callback) => void setImmediate(callback, failure);
      console.log(await outcome({ host: 'db.example', port: ${port}, lookup, autoSelectFamily: false }));
      setTimeout(() => process.exit(), 50);`;
    const allowPrivate = ['127.0.0.1', 'db.example'].map((host) => ({
      ...{ host, cidr: '127.0.0.1/32', ports: [port] },
    }));
    const guarded = await folder.run({ program, policy: { ...enforce, allowPrivate } });
    const bare = await folder.run({ program, flags: [] });
    expect(bare.output.split('\n')).toEqual(
      expect.arrayContaining(['127.0.0.1', '127.0.0.3', 'ERR_INVALID_ARG_TYPE', 'OWN undefined']),
    );
    expect(guarded.output).toBe(bare.output);
  });
});

describe('a host of 100,000 letters', () => {
  it('is refused, and not kept', async () => {
    const program = `import net from 'node:net';
      const refused = (host) => new Promise((done) => net.connect({ host, port: 81 }).on('error', (error) => done(error.code)));
      const used = () => { gc(); return process.memoryUsage().heapUsed; };
      console.log(await refused('a'));
      const before = used();
      const codes = new Set();
      for (let i = 0; i < 300; i++) codes.add(await refused('a'.repeat(100_000) + i));
      await new Promise((done) => setTimeout(done, 50));
      console.log([...codes].join(), used() - before < 10_000_000 ? 'small' : 'large');
      process.exit();`;
    const flags = ['--expose-gc', '--import', folder.preload];
    const { output } = await folder.run({ program, policy: enforce, flags });
    const [short, long] = output.trim().split('\n');
    expect(short).toMatch(/^fetch\//);
    expect(long).toMatch(/^fetch\/[a-z-]+ small$/);
  });
});
