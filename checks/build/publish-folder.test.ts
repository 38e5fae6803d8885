import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';
import { publishFolder } from './publish-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-publish-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function build(name: string, files: Readonly<Record<string, string>>): string {
  const built = join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(built, file, '..'), { recursive: true });
    writeFileSync(join(built, file), text);
  }
  return built;
}

function read(built: string): Record<string, string> {
  const files = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(built, file)).isFile(),
  );
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(built, file), 'utf8')]));
}

describe('publishFolder', () => {
  it('moves a build to a place where nothing is', () => {
    publishFolder(build('new', { 'a/b.js': '1' }), join(folder, 'dist'));
    expect(read(join(folder, 'dist'))).toEqual({ 'a/b.js': '1' });
    expect(readdirSync(folder)).toEqual(['dist']);
  });

  it.each([
    ['another text', { 'a/b.js': '2', 'c.js': '1' }],
    ['a file more', { 'a/b.js': '1', 'c.js': '1', 'd.js': '1' }],
    ['a file less', { 'a/b.js': '1' }],
  ])('replaces a build that differs by %s', (_, files) => {
    publishFolder(build('old', { 'a/b.js': '1', 'c.js': '1' }), join(folder, 'dist'));
    publishFolder(build('new', files), join(folder, 'dist'));
    expect(read(join(folder, 'dist'))).toEqual(files);
    expect(readdirSync(folder)).toEqual(['dist']);
  });

  it('leaves the same build where it is, for whoever reads it', () => {
    const files = { 'a/b.js': '1', 'c.js': '1' };
    publishFolder(build('old', files), join(folder, 'dist'));
    const { ino, mtimeMs } = statSync(join(folder, 'dist/c.js'));
    publishFolder(build('new', files), join(folder, 'dist'));
    expect(statSync(join(folder, 'dist/c.js'))).toMatchObject({ ino, mtimeMs });
  });

  it('leaves one whole build when processes publish at once', async () => {
    writeFileSync(
      join(folder, 'publish.mts'),
      `import { mkdirSync, writeFileSync } from 'node:fs';
import { publishFolder } from ${JSON.stringify(join(root, 'checks/build/publish-folder.ts'))};
const [id] = process.argv.slice(2);
for (let turn = 0; turn < 50; turn += 1) {
  const built = \`\${id}-\${turn}\`;
  mkdirSync(built);
  for (const file of ['a', 'b', 'c']) writeFileSync(\`\${built}/\${file}\`, built);
  publishFolder(built, 'dist');
}
`,
    );
    const run = (id: string) =>
      outcome(folder, process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), 'publish.mts', id]);
    const ended = await Promise.all(['x', 'y', 'z'].map(run));
    expect(ended).toEqual(Array(3).fill({ code: 0, output: '' }));
    const { a, b, c } = read(join(folder, 'dist'));
    expect(a).toMatch(/^[xyz]-49$/);
    expect([b, c]).toEqual([a, a]);
    expect(readdirSync(folder).sort()).toEqual(['dist', 'publish.mts']);
  });
});
