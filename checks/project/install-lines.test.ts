import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from '../../cli/project.ts';
import { repositoryFiles, root } from '../repository.ts';
import { registryInstalls } from './install-lines.ts';

describe('pages, messages, hooks, actions and templates', () => {
  it('install no package of this project from a registry while its names are not its own', () => {
    if (project.ownsNpmNames) return;
    const files = repositoryFiles('*.md', '*.yml', '*.yaml', '*.ts', '*.js', '*.json', '*.sh').filter(
      (file) => !/^checks\/(?:project|scan)\/|package-lock\.json$/.test(file),
    );
    const found = files.flatMap((file) =>
      registryInstalls(readFileSync(join(root, file), 'utf8')).map((line) => `${file}:${line}`),
    );
    expect(found).toEqual([]);
  });
});

describe('registryInstalls', () => {
  it.each([
    'npm install bulwark',
    'npm i -D bulwark-cli@0.1.0',
    'npm install bulwark yaml',
    'entry: npx --yes --package bulwark-cli@0.1.0 bulwark scan --diff HEAD',
    '`npx bulwark explain CODE` prints a page',
    'RUN npm install --no-save "bulwark-cli@1.0.0"',
    'pnpm dlx bulwark scan',
    'npx --no-install tsc && npx bulwark-gateway --check',
  ])('finds %s', (line) => {
    expect(registryInstalls(`first\n${line}`)).toEqual([`2: ${line}`]);
  });

  it.each([
    'npx --no-install bulwark scan src',
    'npm install ./bulwark-0.1.0.tgz ./bulwark-cli-0.1.0.tgz',
    'npm install --save-dev git+https://git.example/bulwark.git#v0.1.0',
    'npm install express, then see bulwark/express',
    'npx tsx bench/sql/cost.ts # beside bulwark',
    'npm install pg && node_modules/.bin/bulwark scan',
  ])('lets pass %s', (line) => {
    expect(registryInstalls(line)).toEqual([]);
  });
});
