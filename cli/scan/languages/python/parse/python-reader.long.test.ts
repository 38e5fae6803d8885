import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Module } from '../../../ir/ir.ts';
import { verifyIr } from '../../../ir/verify-ir.ts';
import { createPythonReader } from './python-reader.ts';

const read = await createPythonReader();
const folders = ['/usr/lib/python3', '/usr/lib/python3.13', '/usr/lib/python3.12', '/usr/lib/python3.11'];

/** Every Python file of the machine, a few thousand on a Debian with Python's tools. */
function pythonFiles(): string[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.py'))
        .map((file) => join(folder, file)),
    )
    .sort();
}

function mistakes(module: Module): string[] {
  const unread = module.problems.filter(({ message }) => message.startsWith('not read'));
  return [...verifyIr(module), ...unread.map(({ message }) => `${module.path}: ${message}`)];
}

test('every Python file of the machine is read, and keeps the invariants', { timeout: 600_000 }, () => {
  const broken: string[] = [];
  for (const file of pythonFiles()) {
    const text = readFileSync(file, 'utf8');
    const module = read(file, text);
    broken.push(...mistakes(module));
    const size = module.functions.reduce((sum, { code }) => sum + code.length, 0);
    // More than one for each two characters is no program: something has blown up.
    if (size > 1000 + text.length / 2) broken.push(`${file}: ${size} instructions`);
  }
  expect(broken).toEqual([]);
});

test('any cut of a file is read', { timeout: 600_000 }, () => {
  const broken: string[] = [];
  for (const file of pythonFiles().slice(0, 40)) {
    const text = readFileSync(file, 'utf8').slice(0, 20_000);
    for (let end = 100; end < text.length; end += 997)
      broken.push(...verifyIr(read(file, text.slice(0, end))));
    for (let at = 100; at < text.length; at += 1499)
      broken.push(...mistakes(read(file, text.slice(0, at) + text.slice(at + 7))));
  }
  expect(broken).toEqual([]);
});
