import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findProgram } from '../../checks/machine/program.ts';
import { filesOf, initProjects } from './testing/try-init.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { project } = initProjects();
const script = findProgram('script');
const reason = script ? '' : ': script (util-linux) is not installed';

/** Runs the command on a terminal, presses a key at its question, and gives its exit code. */
async function pressed(folder: string, key: string): Promise<number | null> {
  const node = [process.execPath, '--import', join(root, 'node_modules/tsx/dist/loader.mjs')];
  const command = [...node, join(root, 'cli/main.ts'), 'init'].map((one) => `'${one}'`).join(' ');
  // A new terminal has no columns, and the question would be wrapped after each letter.
  const sized = `stty cols 100 rows 40; ${command}`;
  const child = spawn(script ?? '', ['--quiet', '--return', '--command', sized, '/dev/null'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let said = '';
  child.stdout.on('data', (chunk) => {
    const asked = said.includes('Write these changes?');
    said += chunk;
    if (!asked && said.includes('Write these changes?')) child.stdin.write(key);
  });
  return ended;
}

describe.skipIf(reason)(`the question of bulwark init${reason}`, () => {
  it.each([
    ['y', 'y', 0],
    ['Enter', '\r', 0],
    ['n', 'n', 1],
    ['Esc', '\u001b', 1],
    ['Ctrl+C', '\u0003', 1],
  ])('%s', async (_name, key, code) => {
    const app = "const express = require('express');\nconst app = express();\nmodule.exports = app;\n";
    const folder = project({ 'package.json': '{ "dependencies": { "express": "5" } }', 'app.js': app });
    const before = filesOf(folder.path);
    expect(await pressed(folder.path, key)).toBe(code);
    if (code === 0) expect(filesOf(folder.path)['app.js']).toContain('bulwark(');
    else expect(filesOf(folder.path)).toEqual(before);
  });
});
