import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { check as pinned } from '../audit/checks/process/pinned-actions/check.ts';
import { check as scanned } from '../audit/checks/process/static-analysis/check.ts';
import { check as workflows } from '../audit/checks/process/workflows/check.ts';
import { openSubject } from '../audit/subject/open-subject.ts';
import { filesOf, initProjects } from './testing/try-init.ts';

const { project, init } = initProjects();

const shop = {
  'package.json': JSON.stringify({ dependencies: { express: '5' } }),
  'package-lock.json': '{}',
  'app.js': "const app = require('express')();\napp.listen(3000);\n",
};

describe('--ci', () => {
  it('github: writes a workflow that the audit of a project passes', async () => {
    const folder = project(shop);
    await init(folder, { ci: 'GitHub' });
    expect(Object.keys(filesOf(folder.path))).toContain('.github/workflows/bulwark.yml');
    const subject = openSubject(folder.path, { today: '2026-12-02' });
    const outcomes = await Promise.all([pinned, scanned, workflows].map((check) => check.run(subject)));
    expect(outcomes.flat().map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  it('gitlab: takes the place of what was found', async () => {
    const folder = project({ ...shop, '.github/workflows/test.yml': 'on: push\n' });
    await init(folder, { ci: 'GitLab' });
    const files = filesOf(folder.path);
    expect(Object.keys(files)).not.toContain('.github/workflows/bulwark.yml');
    expect(parse(files['.gitlab-ci.yml'] ?? '')).toMatchObject({ bulwark: { stage: 'test' } });
  });

  it('is named where neither was found', async () => {
    const { text } = await init(project(shop), { mode: 'dry-run' });
    expect(text).toContain('Name one with --ci');
  });
});

describe('--pre-commit', () => {
  it('sets up pre-commit, once', async () => {
    const folder = project(shop);
    await init(folder, { preCommit: true });
    const first = filesOf(folder.path)['.pre-commit-config.yaml'] ?? '';
    expect(parse(first)).toMatchObject({
      repos: [{ repo: 'local', hooks: [{ id: 'bulwark-scan', language: 'system' }] }],
    });
    await init(folder, { preCommit: true });
    expect(filesOf(folder.path)['.pre-commit-config.yaml']).toBe(first);
  });

  it('leaves a project with another tool to that one', async () => {
    const folder = project({ ...shop, 'lefthook.yml': 'pre-push:\n  commands: {}\n' });
    await init(folder, { preCommit: true });
    const files = filesOf(folder.path);
    expect(Object.keys(files)).not.toContain('.pre-commit-config.yaml');
    expect(files['lefthook.yml']).toContain('bulwark scan --diff HEAD');
  });
});
