import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf, initProjects } from '../testing/try-init.ts';

const { project, init } = initProjects();

describe('bulwark init in a Python project', () => {
  it.each([
    ['requirements.txt', 'Django==5.1\n', 'Django'],
    ['requirements-dev.txt', '-r x\nflask[async]>=3\n', 'Flask'],
    ['pyproject.toml', '[project]\ndependencies = ["fastapi[standard]>=0.115"]\n', 'FastAPI'],
    ['Pipfile', '[packages]\ntornado = "*"\n', 'Tornado'],
    ['setup.cfg', '[metadata]\nname = x\n', 'Python'],
    ['requirements.txt', 'djangorestframework-stubs\nflask-lint\n', 'Python'],
  ])('finds what %s requires: %j', async (file, text, framework) => {
    const tried = await init(project({ [file]: text }), { mode: 'dry-run' });
    expect(tried.text).toContain(`Found: ${framework}, npm.`);
  });

  it('adds the command line, a CI job and a hook, offers the gateway, and changes nothing again', async () => {
    const folder = project({
      'requirements.txt': 'flask\n',
      '.gitignore': '*.pyc',
      '.github/workflows/test.yml': '',
      '.pre-commit-config.yaml':
        'repos:\n  - repo: https://example.com/x\n    rev: v1\n    hooks:\n      - id: y\n',
    });
    const { text } = await init(folder);
    const files = filesOf(folder.path);
    expect(JSON.parse(files['package.json'] ?? '')).toEqual({
      private: true,
      dependencies: { bulwark: 'file:vendor/bulwark-0.1.0.tgz' },
      devDependencies: { 'bulwark-cli': 'file:vendor/bulwark-cli-0.1.0.tgz' },
    });
    expect(files['.gitignore']).toBe('*.pyc\nnode_modules/\n');
    expect(files['.pre-commit-config.yaml']).toContain(
      '      - id: y\n  - repo: local\n    hooks:\n      - id: bulwark-scan\n',
    );
    expect(text).toContain('bulwark-gateway --config egress.yaml');
    expect((await init(folder)).text).toContain('Nothing to change.');
    expect(filesOf(folder.path)).toEqual(files);
  });

  it('needs no tarballs where the command line is installed from Git', async () => {
    const manifest =
      '{ "devDependencies": { "bulwark-workspace": "git+https://git.example/bulwark.git" } }\n';
    const folder = project({ 'requirements.txt': 'flask\n', 'package.json': manifest });
    rmSync(join(folder.path, 'vendor'), { recursive: true });
    const { code, text } = await init(folder);
    expect(code).toBe(0);
    expect(text).toContain('1 file written');
    expect(filesOf(folder.path)).toMatchObject({ 'package.json': manifest, '.gitignore': 'node_modules/\n' });
  });
});
