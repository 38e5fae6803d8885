import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreloadedFolder, preloadedFolder } from '../../../checks/machine/preloaded.ts';

let folder: PreloadedFolder;
let server: Server;
let port: number;
let came = 0;
const policy = { hosts: 'public', mode: 'enforce', log: 'off' };
/** Prints the code of the refusal, or that there was none. */
const attempt = (tell = 'console.log'): string => `
  await new Promise((done) => net.connect(${port}, '127.0.0.1')
    .on('error', (error) => { ${tell}(error.code); done(); })
    .on('connect', function () { this.destroy(); ${tell}('reached'); done(); }));`;

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

describe('what Node does for itself', () => {
  it('goes on: forks, their messages, cluster, workers, pipes and standard input', async () => {
    const program = `
      import { fork, spawn } from 'node:child_process';
      import cluster from 'node:cluster';
      import http from 'node:http';
      import { Worker } from 'node:worker_threads';
      const once = (emitter, event) => new Promise((done) => emitter.once(event, done));
      if (process.argv[2] === 'child') {
        process.on('message', (message) => { process.send('echo ' + message); process.disconnect(); });
      } else if (cluster.isWorker) {
        http.createServer((_, response) => response.end('cluster')).listen(0, '127.0.0.1');
      } else {
        let text = '';
        for await (const chunk of process.stdin) text += chunk;
        console.log(text);
        const child = fork(process.argv[1], ['child']);
        child.send('hello');
        console.log(await once(child, 'message'));
        const cat = spawn('cat', { stdio: ['pipe', 'pipe', 'inherit'] });
        cat.stdin.end('piped');
        console.log(String(await once(cat.stdout, 'data')));
        const worker = new Worker("require('node:worker_threads').parentPort.postMessage('worker')", { eval: true });
        console.log(await once(worker, 'message'));
        cluster.setupPrimary({ exec: process.argv[1] });
        const member = cluster.fork();
        await once(member, 'listening');
        console.log('listening');
        member.kill();
        await once(member, 'exit');
      }`;
    const { code, output } = await folder.run({ program, policy, input: 'typed' });
    expect({ code, output }).toEqual({ code: 0, output: 'typed\necho hello\npiped\nworker\nlistening\n' });
  });

  it('includes the inspector, which listens without node:net', async () => {
    const program = "import inspector from 'node:inspector'; console.log(inspector.url() !== undefined);";
    const flags = ['--inspect=127.0.0.1:0', '--import', folder.preload];
    expect(await folder.run({ program, policy, flags })).toMatchObject({ code: 0, output: 'true\n' });
  });
});

describe('children', () => {
  const spawning = (how: string): string => `
    import net from 'node:net';
    import { fork, spawnSync } from 'node:child_process';
    import { SHARE_ENV, Worker } from 'node:worker_threads';
    if (process.argv[2] === 'child') { ${attempt()} process.exit(); }
    ${how}`;

  it('are guarded where NODE_OPTIONS names the preload', async () => {
    const program = spawning(
      `console.log(String(spawnSync(process.execPath, [process.argv[1], 'child']).stdout));`,
    );
    const inherited = { NODE_OPTIONS: `--import ${pathToFileURL(folder.preload).href}` };
    const guarded = await folder.run({ program, policy, flags: [], env: inherited });
    expect(guarded.output).toBe('fetch/private-address\n\n');
    const before = came;
    const flagged = await folder.run({ program, policy });
    expect(flagged.output).toBe('reached\n\n');
    expect(came).toBe(before + 1);
  });

  const refused = 'fetch/private-address\n';
  const flagged = (): readonly string[] => ['--import', folder.preload];
  /** By a flag, and by the environment. */
  const loads = (): readonly {
    readonly flags: readonly string[];
    readonly env?: Record<string, string>;
  }[] => [
    { flags: flagged() },
    { flags: [], env: { NODE_OPTIONS: `--import ${pathToFileURL(folder.preload).href}` } },
  ];

  it.each([
    'fork(process.argv[1], ["child"]);',
    'fork(process.argv[1], ["child"], { execArgv: [] });',
    'fork(process.argv[1], ["child"], { env: {} });',
    'fork(process.argv[1], ["child"], { env: {}, execArgv: [] });',
    'fork(process.argv[1], ["child"], { cwd: "/" });',
  ])('are guarded where they are forks: %s', async (how) => {
    for (const load of loads()) {
      expect((await folder.run({ program: spawning(how), policy, ...load })).output).toBe(refused);
    }
  });

  it.each([
    '',
    'env: {}',
    'execArgv: []',
    'env: {}, execArgv: []',
    'env: process.env',
    'env: SHARE_ENV',
    'env: SHARE_ENV, execArgv: []',
    'env: { NODE_OPTIONS: "--no-warnings", BULWARK_EGRESS_POLICY: "other.json" }',
  ])('are guarded where they are worker threads, from a file and from text: { %s }', async (options) => {
    folder.write('worker.mjs', `import net from 'node:net'; ${attempt()}`);
    folder.write('other.json', JSON.stringify({ ...policy, allowPrivate: [anywhere()] }));
    const text = `const net = require("node:net"); (async () => {${attempt()} })();`;
    const made = `const first = new Worker(new URL('./worker.mjs', import.meta.url), { ${options} });
      first.on('exit', () => new Worker(${JSON.stringify(text)}, { eval: true, ${options} }));`;
    for (const load of loads()) {
      expect((await folder.run({ program: spawning(made), policy, ...load })).output).toBe(refused + refused);
    }
  });

  it('of those are guarded too, and a class derived from Worker stays one', async () => {
    const innermost = `const net = require("node:net"); (async () => {${attempt()} })()`;
    const inner = `new Worker(${JSON.stringify(innermost)}, { eval: true, env: {} })`;
    const text = `const { Worker } = require("node:worker_threads"); ${inner}`;
    const made = `class Own extends Worker { constructor(...args) { super(...args); this.own = true; } }
      const worker = new Own(${JSON.stringify(text)}, { eval: true, env: {} });
      console.log(worker instanceof Worker, worker instanceof Own, worker.own);`;
    expect((await folder.run({ program: spawning(made), policy })).output).toBe(`true true true\n${refused}`);
  });

  it('share an environment as before, also under flags that no thread takes', async () => {
    const text = `process.env.SET = 'by the thread'; const net = require("node:net"); (async () => {${attempt()} })()`;
    const made = `const worker = new Worker(${JSON.stringify(text)}, { eval: true, env: SHARE_ENV });
      worker.on('exit', () => console.log(process.env.SET));`;
    for (const more of [[], ['--max-old-space-size=500']]) {
      const { output } = await folder.run({
        program: spawning(made),
        policy,
        flags: [...more, ...flagged()],
      });
      expect(output).toBe(`${refused}by the thread\n`);
    }
  });

  it('reach what the policy allows, and keep their environment, flags and arguments', async () => {
    const allowed = { ...policy, allowPrivate: [anywhere()] };
    const text = `console.log(process.env.KEPT, process.argv[2], process.execArgv.includes("--no-warnings"), typeof process.env.HOME);
      const net = require("node:net"); (async () => {${attempt()} })();`;
    const worker = `new Worker(${JSON.stringify(text)}, { eval: true, env: { KEPT: '1' }, argv: ['a'], execArgv: ['--no-warnings'] });`;
    expect((await folder.run({ program: spawning(worker), policy: allowed })).output).toBe(
      '1 a true undefined\nreached\n',
    );
    const child = `import net from 'node:net'; console.log(process.env.KEPT, process.argv[2]); ${attempt()}`;
    folder.write('child.mjs', child);
    for (const [how, seen] of [
      [`fork(new URL('./child.mjs', import.meta.url), { env: { KEPT: '1' } });`, '1 undefined'],
      [`fork('child.mjs', undefined, { env: { KEPT: '1' } });`, '1 undefined'],
      [`fork('child.mjs', ['a']);`, 'undefined a'],
      [`fork('child.mjs');`, 'undefined undefined'],
    ] as const) {
      const { output } = await folder.run({ program: spawning(how), policy: allowed });
      expect(output, how).toBe(`${seen}\nreached\n`);
    }
  });

  it('whose options make no sense fail as Node has it', async () => {
    const program = `import { Worker } from 'node:worker_threads'; import { fork } from 'node:child_process';
      for (const options of [{ env: 1 }, { execArgv: 1 }]) {
        try { new Worker('1', { eval: true, ...options }); } catch (error) { console.log(error.code); }
      }
      try { fork('x', 'args'); } catch (error) { console.log(error.code); }`;
    const bare = await folder.run({ program, flags: [] });
    expect((await folder.run({ program, policy })).output).toBe(bare.output);
    expect(bare.output).toContain('ERR_INVALID_ARG_TYPE');
  });
});

function anywhere(): object {
  return { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [port] };
}

describe('loaded twice', () => {
  it('guards once, also where the second is another copy', async () => {
    const program = `import net from 'node:net';
      const guarded = net.Socket.prototype.connect;
      await import(${JSON.stringify(pathToFileURL(join(folder.folder, 'copy.mjs')).href)});
      console.log(net.Socket.prototype.connect === guarded);
      ${attempt()}`;
    folder.write('copy.mjs', `export * from './preload.mjs?copy';`);
    const { output, decisions } = await folder.run({ program, policy: { ...policy, log: 'stderr' } });
    expect(output).toBe('true\nfetch/private-address\n');
    expect(decisions).toHaveLength(1);
  });

  it('stays in force behind a method that wraps it later, as monitoring does', async () => {
    const program = `import net from 'node:net';
      const { connect } = net.Socket.prototype;
      net.Socket.prototype.connect = function (...args) { console.log('traced'); return connect.apply(this, args); };
      ${attempt()}`;
    expect((await folder.run({ program, policy })).output).toBe('traced\nfetch/private-address\n');
  });
});
