import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportsOf } from '../exports/exports-of.ts';
import { repositoryFiles, root } from '../repository.ts';
import { type Existing, stalePlans } from './planned.ts';

function findExisting(): Existing {
  const names = repositoryFiles('lib/*/index.ts', 'lib/*/*/index.ts').flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/export \{([^}]*)\}/g)].flatMap(([, list = '']) =>
      list.split(',').map((name) => name.trim().replace(/^.* as /, '')),
    ),
  );
  return {
    paths: new Set(Object.keys(exportsOf(join(root, 'lib'))).map((path) => path.replace('./', ''))),
    commands: new Set(
      readdirSync(join(root, 'cli/commands'))
        .filter((file) => !file.includes('.test.'))
        .map((file) => file.replace('.ts', '')),
    ),
    rules: new Set(
      readdirSync(join(root, 'docs/rules')).map((file) => file.replace('.md', '').replace('-', '/')),
    ),
    names: new Set(names.filter(Boolean)),
  };
}

describe('pages', () => {
  const existing = findExisting();

  it('know what exists', () => {
    expect(existing.paths).toContain('sql');
    expect(existing.commands).toContain('scan');
    expect(existing.rules).toContain('sql/injection');
    expect(existing.names).toContain('syslogSink');
  });

  it('call nothing planned that exists', () => {
    const pages = repositoryFiles('*.md').filter((file) => file !== 'CHANGELOG.md');
    const stale = pages.flatMap((file) =>
      stalePlans(readFileSync(join(root, file), 'utf8'), existing).map((found) => `${file}:${found}`),
    );
    expect(stale).toEqual([]);
  });
});

describe('stalePlans', () => {
  const existing: Existing = {
    paths: new Set(['csp', 'sql/pg']),
    commands: new Set(['scan']),
    rules: new Set(['sql/injection']),
    names: new Set(['toOcsf', 'webhookSink']),
  };

  it.each([
    ['**Planned:** `bulwark/csp`.', '1: bulwark/csp'],
    ['# T\n\n`bulwark scan`, which finds\nthem, does not exist yet.', '3: scan'],
    ['| Send it | Built: a logger. Planned: OCSF |', '1: OCSF'],
    ['Rules such as `sql/injection` are planned.', '1: sql/injection'],
  ])('finds %j', (page, found) => {
    expect(stalePlans(page, existing)).toEqual([found]);
  });

  it.each([
    '**Planned:** `bulwark/session`, `csrf`. **Built:** `bulwark/csp`.',
    'See `bulwark/csp`. An attack runner is planned.',
    '```text\nplanned: bulwark/csp\n```',
    '| Uploads | planned | `bulwark/upload` |',
  ])('lets pass %j', (page) => {
    expect(stalePlans(page, existing)).toEqual([]);
  });
});
