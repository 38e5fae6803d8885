import { readdirSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFolder } from '../scan/testing/folder.ts';
import { doctorCommand } from './doctor.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const page = read('../../docs/commands/doctor.md');

async function bulwark(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  }
  const doctor = doctorCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  process.exitCode = undefined;
  try {
    await new Command()
      .exitOverride()
      .addCommand(doctor)
      .parseAsync(['doctor', ...args], { from: 'user' });
    return { code: process.exitCode, ...said };
  } catch (error) {
    return { code: error, ...said };
  } finally {
    process.exitCode = undefined;
    vi.restoreAllMocks();
  }
}

afterEach(() => vi.restoreAllMocks());

describe('bulwark doctor', () => {
  it('ends with 1 if something is wrong, with 0 if nothing is, with 2 if nothing could be diagnosed', async () => {
    const folder = createFolder({ '.git/HEAD': '', 'app.js': "import { bulwark } from 'bulwark/express';" });
    expect(await bulwark(folder.path)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /^wrong code\/setup: .*\n {2}seen: app\.js:1: bulwark\/express\n {2}why: {2}.*\n {2}fix: {2}app\.use\(bulwark\(\)\);\n/,
      ),
    });
    folder.write({ 'app.js': 'const a = 1;' });
    const { code, stdout } = await bulwark(folder.path, '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, target: folder.path, counts: { wrong: 0 } });
    folder.remove();
    expect(await bulwark(folder.path)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^doctor\/folder: .*\n {2}why: .*\n {2}do: {2}.*\n$/),
    });
  });

  it.each([[['--format', 'pdf']], [['--unknown']], [['a', 'b']]])('refuses %j', async (args) => {
    expect(await bulwark(...args)).toMatchObject({
      code: { exitCode: 1 },
      stderr: expect.stringMatching(/^error: /),
    });
  });
});

describe('the page', () => {
  const sources = readdirSync(new URL('../doctor', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ts$/.test(path) && !/\.test\.ts$/.test(path))
    .map((path) => read(`../doctor/${path}`))
    .join('\n');

  it('has every diagnosis and every mistake', () => {
    const ids = new Set(sources.match(/(?<=const id = ')[a-z/]+(?=')|(?<=\(')reach(?=')/g));
    const codes = new Set(sources.match(/(?<=')doctor\/[a-z]+(?=')/g));
    expect([...ids, ...codes].filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
    expect(ids.size).toBeGreaterThan(15);
    expect(codes.size).toBe(5);
  });
});
