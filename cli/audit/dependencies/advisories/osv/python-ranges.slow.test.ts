import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = new URL('../testing/', import.meta.url);

it('has the answers that the library packaging gives', () => {
  const known = JSON.parse(readFileSync(new URL('python-ranges.json', folder), 'utf8')) as {
    readonly versions: readonly string[];
    readonly ranges: readonly { readonly events: readonly object[]; readonly affected: readonly string[] }[];
  };
  const { stdout, stderr } = spawnSync(
    '/usr/bin/python3',
    [fileURLToPath(new URL('python_ranges.py', folder))],
    {
      input: JSON.stringify({ versions: known.versions, ranges: known.ranges.map(({ events }) => events) }),
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(known.ranges.map(({ affected }) => affected));
});
