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
    import { Worker } from 'node:worker_threads';
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

  it('are guarded where they are forks, which take over the flags', async () => {
    const program = spawning("fork(process.argv[1], ['child']);");
    expect((await folder.run({ program, policy })).output).toBe('fetch/private-address\n');
    const without = spawning("fork(process.argv[1], ['child'], { execArgv: [] });");
    expect((await folder.run({ program: without, policy })).output).toBe('reached\n');
  });

  const hears = 'const net = require("node:net"); (async () => {';
  const worker = (options: string, source = `${hears}${attempt()} })();`): string =>
    spawning(`new Worker(${JSON.stringify(source)}, { eval: true, ${options} });`);
  const fromFile = (options: string): string =>
    spawning(`new Worker(new URL('./worker.mjs', import.meta.url), { ${options} });`);

  it('are guarded where they are worker threads with a file, whatever their environment', async () => {
    folder.write('worker.mjs', `import net from 'node:net'; ${attempt()}`);
    expect((await folder.run({ program: fromFile(''), policy })).output).toBe('fetch/private-address\n');
    expect((await folder.run({ program: fromFile('env: {}'), policy })).output).toBe(
      'fetch/private-address\n',
    );
    // Flags of their own replace those of the process.
    expect((await folder.run({ program: fromFile('execArgv: []'), policy })).output).toBe('reached\n');
  });

  it('are guarded where they are worker threads from text by --require alone', async () => {
    expect((await folder.run({ program: worker(''), policy })).output).toBe('reached\n');
    const flags = ['--require', folder.preload];
    expect((await folder.run({ program: worker(''), policy, flags })).output).toBe('fetch/private-address\n');
    expect((await folder.run({ program: spawning(attempt()), policy, flags })).output).toBe(
      'fetch/private-address\n',
    );
  });
});

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
