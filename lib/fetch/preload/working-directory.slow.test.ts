import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreloadedFolder, preloadedFolder } from '../../../checks/machine/preloaded.ts';
import { absoluteFlags, absoluteNodeOptions } from './absolute-preload.ts';

let folder: PreloadedFolder;
let server: Server;
let port: number;
const policy = { hosts: 'public', mode: 'enforce', log: 'off' };
const open = (): object => ({
  ...policy,
  allowPrivate: [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [port] }],
});

beforeAll(async () => {
  folder = await preloadedFolder();
  server = createServer((socket) => void socket.on('error', () => {}).end());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
  // Installed as a package, so that a name finds it, and only from inside the folder.
  const place = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder.folder, name)), { recursive: true });
    writeFileSync(join(folder.folder, name), text);
  };
  place(
    'node_modules/bulwark/package.json',
    JSON.stringify({ type: 'module', exports: { './fetch/preload': './preload.mjs' } }),
  );
  place('node_modules/bulwark/preload.mjs', `export * from '../../preload.mjs';`);
  place('other/bulwark.egress.json', JSON.stringify(open()));
  place('empty/note.txt', '');
  place('worker.mjs', `import net from 'node:net'; ${attempt()} process.disconnect?.();`);
  place(
    'nested.mjs',
    `import { Worker } from 'node:worker_threads'; new Worker(new URL('./worker.mjs', import.meta.url));`,
  );
});
afterAll(() => {
  server.close();
  folder.remove();
});

function attempt(): string {
  return `await new Promise((done) => net.connect(${port}, '127.0.0.1')
    .on('error', (error) => { console.log(error.code); done(); })
    .on('connect', function () { this.destroy(); console.log('reached'); done(); }));`;
}

const moving = (to: string, how: string): string => `
  import { fork } from 'node:child_process';
  import cluster from 'node:cluster';
  import { SHARE_ENV, Worker } from 'node:worker_threads';
  const file = new URL('./worker.mjs', import.meta.url);
  process.chdir(${JSON.stringify(to)});
  ${how}`;

const named = ['--import', 'bulwark/fetch/preload'];
/** How a process gets the preload: by a flag or the environment, by a name or a relative path. */
const loads: readonly { readonly flags: readonly string[]; readonly env?: Record<string, string> }[] = [
  { flags: named },
  { flags: ['--import=bulwark/fetch/preload'], env: { BULWARK_EGRESS_POLICY: 'bulwark.egress.json' } },
  { flags: ['--max-old-space-size=500', '--import', './preload.mjs'] },
  { flags: [], env: { NODE_OPTIONS: named.join(' ') } },
  {
    flags: [],
    env: {
      NODE_OPTIONS: '--no-warnings --import="bulwark/fetch/preload"',
      BULWARK_EGRESS_POLICY: './bulwark.egress.json',
    },
  },
];

const children = [
  'new Worker(file);',
  'new Worker(file, {});',
  'new Worker(file, { execArgv: [] });',
  'new Worker(file, { execArgv: process.execArgv.filter((flag) => !flag.startsWith("--max")) });',
  'new Worker(file, { env: SHARE_ENV });',
  'new Worker(file, { env: SHARE_ENV, execArgv: [] });',
  'new Worker(file, { env: {} });',
  'new Worker(file, { env: { ...process.env } });',
  "new Worker('import(`' + file + '`)', { eval: true, env: { ...process.env } });",
  "new Worker('import(`' + file + '`)', { eval: true });",
  "new Worker('import(`' + file + '`)', { eval: true, env: SHARE_ENV });",
  'process.env.BULWARK_EGRESS_POLICY = "other/bulwark.egress.json"; new Worker(file);',
  'process.env.BULWARK_EGRESS_POLICY = "bulwark.egress.json"; new Worker(file, { env: SHARE_ENV });',
  'new Worker(new URL("./nested.mjs", import.meta.url));',
  'fork(file);',
  'fork(file, { cwd: "/" });',
  'fork(file, { cwd: "/", env: {} });',
  'fork(file, { cwd: "/", execArgv: ["--import", "bulwark/fetch/preload"] });',
  'cluster.setupPrimary({ exec: (await import("node:url")).fileURLToPath(file) }); cluster.fork();',
];

describe('after the process has changed its working directory', () => {
  it.each(children)(
    'its children have the policy that it started with: %s',
    async (how) => {
      for (const [i, load] of loads.entries()) {
        const to = ['other', '/', 'empty'][i % 3] as string;
        const { output, errors } = await folder.run({ program: moving(to, how), policy, ...load });
        expect({ output, load, to, errors }).toEqual({ output: 'fetch/private-address\n', load, to, errors });
      }
    },
    120_000,
  );

  it.each(children)(
    'its children still reach what that policy allows: %s',
    async (how) => {
      const program = moving('empty', how);
      const { output, code } = await folder.run({ program, policy: open(), flags: named });
      expect({ output, code }).toEqual({ output: 'reached\n', code: 0 });
    },
    60_000,
  );

  it('leaves spawned programs the environment, with the preload by its absolute path', async () => {
    const program = `import { spawnSync } from 'node:child_process';
      const run = (cwd) => console.log(String(spawnSync(process.execPath, [process.argv[2]], { cwd }).stdout).trim());
      for (const cwd of ['.', 'other']) run(cwd);
      console.log(process.env.NODE_OPTIONS.replace(/file:\\S+/, 'URL'), process.env.BULWARK_EGRESS_POLICY);`;
    // A spawned program has the policy of its own directory, as it would with any other setting.
    const spawned = program.replace('process.argv[2]', JSON.stringify(join(folder.folder, 'worker.mjs')));
    const env = { NODE_OPTIONS: `--no-warnings ${named.join(' ')}` };
    const { output } = await folder.run({ program: spawned, policy, flags: [], env });
    expect(output).toBe('fetch/private-address\nreached\n--no-warnings --import "URL undefined\n');
  });
});

describe('absoluteFlags and absoluteNodeOptions', () => {
  const preload = 'file:///srv/an%20app/preload.js';
  it.each([
    [
      ['--import', 'bulwark/fetch/preload'],
      ['--import', preload],
    ],
    [['--import=bulwark/fetch/preload'], [`--import=${preload}`]],
    [
      ['-r', 'bulwark/fetch/preload'],
      ['-r', '/srv/an app/preload.js'],
    ],
  ])('put the module in place of its name: %j', (flags, expected) => {
    expect(absoluteFlags(flags, preload, '/')).toEqual(expected);
  });

  it.each([
    [['--import', 'tsx', '--require', './setup.cjs']],
    [['--conditions', 'bulwark/fetch/preload']],
    [['--import', 'bulwark/fetch', '--title=bulwark/fetch/preload']],
    [['-r']],
    [[]],
  ])('leave every other flag alone: %j', (flags) => {
    expect(absoluteFlags(flags, preload, '/')).toEqual(flags);
    expect(absoluteNodeOptions(flags.join(' '), preload, '/')).toBe(flags.join(' '));
  });

  it('keep words with spaces in NODE_OPTIONS together', () => {
    const given =
      '--import "bulwark/fetch/preload" -r bulwark/fetch/preload --title="--import bulwark/fetch/preload"';
    expect(absoluteNodeOptions(given, preload, '/')).toBe(
      `--import "${preload}" -r "/srv/an app/preload.js" --title="--import bulwark/fetch/preload"`,
    );
  });
});
