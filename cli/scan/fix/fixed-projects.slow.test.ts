import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEngine } from '../load-engine.ts';
import { runScan } from '../run-scan.ts';
import { createFolder, type Folder } from '../testing/folder.ts';
import { commandApp, cookieApp, sqlApp, tlsApp } from './testing/projects.ts';

const modules = resolve(import.meta.dirname, '../../../node_modules');
const folders: Folder[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

function projectOf(files: Readonly<Record<string, string>>): Folder {
  const manifest = { type: 'module', dependencies: { express: '5' } };
  const folder = createFolder({ 'package.json': JSON.stringify(manifest), ...files });
  symlinkSync(modules, join(folder.path, 'node_modules'));
  execFileSync('git', ['init', '-q', '-b', 'main'], { cwd: folder.path });
  folder.write({ '.gitignore': 'node_modules\npublic/bundle.js\n' });
  folders.push(folder);
  return folder;
}

/** The project's own tests, as `npm test` runs them. */
function ownTests({ path }: Folder): { readonly status: number | null; readonly text: string } {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, VITEST: ___, ...env } = process.env;
  const run = spawnSync(process.execPath, ['--test', 'test/'], {
    cwd: path,
    env: { ...env, PATH: `${join(path, 'bin')}:${process.env['PATH']}` },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status: run.status, text: run.stdout + run.stderr };
}

async function fix({ path }: Folder): Promise<string> {
  const options = {
    paths: [],
    format: 'text',
    only: [],
    skip: [],
    updateBaseline: false,
    fix: 'write',
  } as const;
  const around = { version: '0', today: '2027-01-01', color: false, progress: () => undefined };
  const { stdout, stderr } = await runScan(options, { engine: await loadEngine(), cwd: path, ...around });
  return stdout + stderr;
}

function read({ path }: Folder, file: string): string {
  return readFileSync(join(path, file), 'utf8');
}

describe("a fixed project's own tests pass", () => {
  it('where cookies travel over plain HTTP, and scripts read some of them', async () => {
    const project = projectOf(cookieApp);
    expect(ownTests(project)).toMatchObject({ status: 0 });
    const report = await fix(project);
    const text = read(project, 'app.js');
    expect(text).toContain("res.cookie('session', id, { httpOnly: true, secure: req.secure });");
    expect(text).toContain("res.cookie('auth_token', id, { path: '/', secure: false });");
    expect(text).toContain("res.cookie('session_key', id);");
    expect(text).toContain("res.cookie('app_token', id, { httpOnly: false });");
    expect(report).toContain("Suggested, not applied: Set the cookie's flags.");
    const after = ownTests(project);
    expect(after.text).toContain('pass 1');
    expect(after.status).toBe(0);
  }, 60_000);

  it('where programs are run, and values of attackers are no options of theirs', async () => {
    const project = projectOf(commandApp);
    for (const name of ['ffmpeg', 'resize']) chmodSync(join(project.path, 'bin', name), 0o755);
    const git = (...args: string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        cwd: project.path,
      });
    git('add', '-A');
    git('commit', '-qm', 'first');
    expect(ownTests(project)).toMatchObject({ status: 0 });
    await fix(project);
    const text = read(project, 'app.js');
    expect(text).toContain(
      "execFileSync('git', ['log', '--oneline', '--end-of-options', String(req.query.ref)])",
    );
    expect(text).toContain("execFile('grep', ['-rn', '--', String(req.query.word), 'docs'],");
    expect(text).toContain("execFileSync('tar', ['-czf', '-', '--', String(req.query.folder)])");
    expect(text).toContain("execFileSync('ffmpeg', ['-y', '-i', String(req.query.file), 'out.mp4'])");
    expect(text).toContain(`execSync(\`resize \${req.query.file} 20\`)`);
    expect(text).toContain(`execSync(\`ls \${req.query.flags} docs\`)`);
    const after = ownTests(project);
    expect(after.text).toContain('pass 6');
    expect(after.status).toBe(0);

    const attack = `import { app } from './app.js';
const server = app.listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const url = 'http://127.0.0.1:' + server.address().port;
for (const path of ['/log?ref=--output=owned', '/log?ref=x;touch+owned', '/find?word=";touch+owned;"', '/find?word=$(touch+owned)',
  '/find?word=-f/etc/passwd', '/pack?folder=--checkpoint%3D1', '/pack?folder=--to-command%3Dtouch+owned',
  '/pack?folder=--use-compress-program%3Dtouch+owned', '/pack?folder=docs;touch+owned', '/video?file=a;touch+owned'])
  console.log(await (await fetch(url + path)).text());
server.close();
`;
    project.write({ 'attack.js': attack });
    const run = spawnSync(process.execPath, ['attack.js'], {
      cwd: project.path,
      env: {
        ...process.env,
        PATH: `${join(project.path, 'bin')}:${process.env['PATH']}`,
        NODE_ENV: 'production',
      },
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(run.status).toBe(0);
    expect(run.stdout).not.toContain('root:');
    expect(existsSync(join(project.path, 'owned'))).toBe(false);
  }, 60_000);

  it('where certificates are not checked, and addresses of this machine are fetched', async () => {
    const project = projectOf(tlsApp);
    const args =
      'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=dev -keyout test/key.pem -out test/cert.pem';
    execFileSync('openssl', args.split(' '), { cwd: project.path, stdio: 'pipe' });
    expect(ownTests(project)).toMatchObject({ status: 0 });
    const report = await fix(project);
    expect(read(project, 'client.js')).toBe(tlsApp['client.js']);
    expect(report).toContain('Suggested, not applied: Check the certificate.');
    expect(report).not.toContain('+++ b/');
    expect(ownTests(project)).toMatchObject({ status: 0 });
  }, 60_000);

  it('where statements are built from text, and numbers and NULL stay what they are', async () => {
    const project = projectOf(sqlApp);
    expect(ownTests(project)).toMatchObject({ status: 0 });
    await fix(project);
    const text = read(project, 'app.js');
    expect(text).toContain('where name = ?`).all(String(req.query.name))');
    expect(text).toContain("where id = ' + req.query.id).get()");
    expect(text).toContain(`price > \${req.query.min} limit`);
    expect(text).toContain(`having s > \${req.query.min}`);
    const after = ownTests(project);
    expect(after.text).toContain('pass 2');
    expect(after.status).toBe(0);
  }, 60_000);
});
