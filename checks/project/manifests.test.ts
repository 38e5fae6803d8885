import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from '../../cli/project.ts';
import { root } from '../repository.ts';
import { projectFields, withProjectFields } from './project-fields.ts';

interface Manifest {
  readonly [field: string]: unknown;
  readonly version: string;
  readonly keywords?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(workspace: string): Manifest {
  return JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as Manifest;
}

describe('the manifests of lib and cli', () => {
  it.each(['lib', 'cli'])('have the addresses of cli/project.ts (run `npm run fix`): %s', (workspace) => {
    const { homepage, bugs, repository } = manifestOf(workspace);
    expect({ homepage, bugs, repository }).toEqual({
      ...{ homepage: undefined, bugs: undefined, repository: undefined },
      ...projectFields(project, workspace),
    });
  });

  it('get all of them once they exist', () => {
    const there = {
      repository: 'https://git.example/bulwark',
      homepage: 'https://bulwark.example/',
      issues: 'https://git.example/bulwark/issues',
      documentation: undefined,
      ownsNpmNames: false,
    };
    const manifest = { name: 'x', description: 'y', homepage: 'old', license: 'z' };
    expect(Object.entries(withProjectFields(manifest, projectFields(there, 'lib')))).toEqual([
      ['name', 'x'],
      ['description', 'y'],
      ['homepage', 'https://bulwark.example/'],
      ['bugs', { url: 'https://git.example/bulwark/issues' }],
      ['repository', { type: 'git', url: 'git+https://git.example/bulwark.git', directory: 'lib' }],
      ['license', 'z'],
    ]);
  });

  it.each(['lib', 'cli'])('have keywords: %s', (workspace) => {
    expect(manifestOf(workspace).keywords?.length).toBeGreaterThan(5);
  });

  it('depend on no name that the project does not own', () => {
    if (project.ownsNpmNames) return;
    for (const workspace of ['lib', 'cli', ''])
      expect(Object.keys(manifestOf(workspace).dependencies ?? {})).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^bulwark/)]),
      );
  });
});

describe('the manifest of the root, which is the command line when it is installed from Git', () => {
  it('has the version and the packages of bulwark-cli', () => {
    const cli = manifestOf('cli');
    expect(manifestOf('')).toMatchObject({ version: cli.version, dependencies: cli.dependencies });
  });

  it('has what the build bundles, so that it builds without the workspaces', () => {
    const bundled = {
      ...manifestOf('lib').dependencies,
      'tree-sitter-python': manifestOf('cli').devDependencies?.['tree-sitter-python'],
    };
    expect(manifestOf('').devDependencies).toMatchObject(bundled);
  });
});
