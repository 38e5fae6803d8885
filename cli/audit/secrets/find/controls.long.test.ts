import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFolder } from '../../../scan/testing/folder.ts';
import { drawer } from '../testing/drawn.ts';
import { lookAlikes } from '../testing/look-alikes.ts';
import { places } from '../testing/places.ts';
import { shapedSecrets } from '../testing/shaped-secrets.ts';
import { findSecrets } from './find-secrets.ts';

const seeds = [1, 2, 3, 4, 5];

/** Each kind in two places, a folder each. */
function secretFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [index, [kind, make]] of Object.entries(shapedSecrets).entries())
    for (const turn of [0, 1]) {
      const { path, text } = places[(index * 2 + turn * 7) % places.length] as (typeof places)[number];
      const secret = make(drawer(9000 + index * 10 + turn));
      // An address in a query is written differently, and a key of several lines stands in no line.
      if (path !== 'links.txt' || !/:\/\/|\n/.test(secret)) files[`${kind}-${turn}/${path}`] = text(secret);
    }
  return files;
}

function harmlessFiles(): Record<string, string> {
  const all = seeds.flatMap((seed) => lookAlikes(seed));
  return Object.fromEntries(all.map(({ path, text }, index) => [`${index}/${path}`, text]));
}

it('finds more than gitleaks and secretlint, and raises fewer alarms, in a set of our own', () => {
  const sets = [secretFiles(), harmlessFiles()].map((files) => ({ files, folder: createFolder(files) }));
  const tools = mkdtempSync(join(tmpdir(), 'bulwark-controls-'));
  try {
    writeFileSync(join(tools, 'package.json'), '{"private":true}');
    const packages = ['secretlint@12.0.0', '@secretlint/secretlint-rule-preset-recommend@12.0.0'];
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], {
      cwd: tools,
      stdio: 'pipe',
    });
    const rules = join(tools, '.secretlintrc.json');
    writeFileSync(rules, '{"rules":[{"id":"@secretlint/secretlint-rule-preset-recommend"}]}');
    const own = sets.map(({ files }) =>
      foldersOf(
        Object.entries(files).flatMap(([path, text]) =>
          findSecrets(path.slice(path.indexOf('/') + 1), Buffer.from(text)).length > 0 ? [path] : [],
        ),
      ),
    );
    // In how many folders each reports something: of secrets, and of harmless texts.
    const table = {
      bulwark: own,
      gitleaks: sets.map(({ folder }) => gitleaks(folder.path, tools)),
      secretlint: sets.map(({ folder }) => secretlint(folder.path, tools, rules)),
    };
    const [all, harmless] = sets.map(({ files }) => foldersOf(Object.keys(files)));
    for (const [name, [found, alarms]] of Object.entries(table))
      console.info(`${name}: ${found} of ${all} found, ${alarms} alarms in ${harmless}`);
    expect(table.bulwark).toEqual([all, 0]);
    for (const found of [table.gitleaks[0], table.secretlint[0]]) expect(found).toBeGreaterThan(0);
  } finally {
    for (const { folder } of sets) folder.remove();
    rmSync(tools, { recursive: true, force: true });
  }
});

function foldersOf(paths: readonly string[]): number {
  return new Set(paths.map((path) => path.slice(0, path.indexOf('/')))).size;
}

/** Of Debian: `apt-get install gitleaks`. */
function gitleaks(folder: string, tools: string): number {
  const report = join(tools, 'gitleaks.json');
  const options = ['detect', '--no-git', '--no-banner', '-s', folder, '-f', 'json', '-r', report];
  const { error } = spawnSync('gitleaks', options, { stdio: 'pipe' });
  if (error) throw error;
  const found = JSON.parse(readFileSync(report, 'utf8')) as readonly { readonly File: string }[];
  return foldersOf(found.map(({ File }) => File.slice(File.indexOf(folder) + folder.length + 1)));
}

function secretlint(folder: string, tools: string, rules: string): number {
  const program = join(tools, 'node_modules/.bin/secretlint');
  const options = ['--format', 'json', '--secretlintrc', rules, '**/{*,.*}', '**/.*/**'];
  const { stdout } = spawnSync(program, options, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
  const found = JSON.parse(stdout) as readonly {
    readonly filePath: string;
    readonly messages: readonly unknown[];
  }[];
  return foldersOf(
    found
      .filter(({ messages }) => messages.length > 0)
      .map(({ filePath }) => filePath.slice(folder.length + 1)),
  );
}
