import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMariadb } from './mariadb.ts';
import { missing, type Service } from './missing.ts';
import { startPgbouncer } from './pgbouncer.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';

/** Every server of this file makes its folder in here, so that what is left over can be told from others' servers. */
let folder = '';
const former = process.env['TMPDIR'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-services-'));
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
});

afterEach(() => {
  if (former === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = former;
  rmSync(folder, { recursive: true, force: true });
});

function suite(service: Service, tests: () => void): void {
  const reason = missing(service);
  describe.skipIf(reason)(`the test server ${service}${reason ? `: ${reason}` : ''}`, tests);
}

suite('postgres', () => {
  it('starts, answers and leaves nothing', async () => {
    const server = await startPostgres();
    const client = new pg.Client(server.url);
    await client.connect();
    expect((await client.query('select 1 + 1 as two')).rows).toEqual([{ two: 2 }]);
    await client.end();
    await stopsCleanly(server);
  });

  it('runs twice at the same time', async () => {
    const servers = await Promise.all([startPostgres(), startPostgres()]);
    expect(servers[0].url).not.toBe(servers[1].url);
    await Promise.all(servers.map((server) => server.stop()));
    expect(leftovers()).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('ends when the process that started it is killed', async () => {
    const script = join(folder, 'starts-and-waits.mts');
    const module = fileURLToPath(new URL('./postgres.ts', import.meta.url));
    writeFileSync(
      script,
      `import { startPgbouncer } from './pgbouncer.ts';
import { startPostgres } from ${JSON.stringify(module)};\n` +
        `console.log((await startPostgres()).url);\nsetInterval(() => {}, 1000);\n`,
    );
    // Not through npx or a shell: the signal must reach the process that started the server.
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(leftovers()).not.toEqual([]);
    child.kill('SIGKILL');
    for (let tries = 0; tries < 100 && leftovers().length > 0; tries += 1) await wait(100);
    expect(leftovers()).toEqual([]);
  });
});

suite('pgbouncer', () => {
  it('starts, passes on to its server and leaves nothing', async () => {
    const behind = await startPostgres();
    const server = await startPgbouncer({ url: behind.url, mode: 'transaction', preparedStatements: 0 });
    const client = new pg.Client(server.url);
    await client.connect();
    expect((await client.query('select 1 + 1 as two')).rows).toEqual([{ two: 2 }]);
    await client.end();
    await server.stop();
    await stopsCleanly(behind);
  });
});

suite('mariadb', () => {
  it('starts, answers and leaves nothing', async () => {
    const server = await startMariadb();
    const { hostname, port, username, password, pathname } = new URL(server.url);
    const { stdout } = await promisify(execFile)(
      'mariadb',
      [
        ...['--no-defaults', '--protocol=tcp', `--host=${hostname}`, `--port=${port}`, `--user=${username}`],
        ...['--skip-column-names', '--execute=select 1 + 1', pathname.slice(1)],
      ],
      { env: { ...process.env, MYSQL_PWD: password } },
    );
    expect(stdout.trim()).toBe('2');
    await stopsCleanly(server);
  });
});

suite('redis', () => {
  it('starts, answers and leaves nothing', async () => {
    const server = await startRedis();
    const { hostname, port, password } = new URL(server.url);
    expect(await ask(hostname, port, `AUTH ${password}\r\nPING\r\nQUIT\r\n`)).toBe('+OK\r\n+PONG\r\n+OK\r\n');
    expect(await ask(hostname, port, 'PING\r\nQUIT\r\n')).toContain('NOAUTH');
    await stopsCleanly(server);
  });
});

async function ask(host: string, port: string, lines: string): Promise<string> {
  const socket = connect(Number(port), host);
  socket.write(lines);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

async function stopsCleanly(server: { url: string; stop(): Promise<void> }): Promise<void> {
  await server.stop();
  await server.stop();
  expect(leftovers()).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
  const { hostname, port } = new URL(server.url);
  await expect(ask(hostname, port, '')).rejects.toThrow('ECONNREFUSED');
}

/** Processes that were started on a folder of this test. */
function leftovers(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
    .map(commandOf)
    .filter((command) => command.includes(`${folder}/bulwark-`));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return ''; // It ended between the listing and the reading.
  }
}
