import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFolder } from '../scan/testing/folder.ts';
import { wordEngine } from '../scan/testing/word-engine.ts';
import { progressLine, scanCommand } from './scan.ts';

async function bulwark(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  }
  const scan = scanCommand(async () => wordEngine)
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  const program = new Command().exitOverride().addCommand(scan);
  process.exitCode = undefined;
  try {
    await program.parseAsync(['scan', '--no-config', ...args], { from: 'user' });
    return { code: process.exitCode, ...said };
  } catch (error) {
    return { code: error, ...said };
  } finally {
    process.exitCode = undefined;
    vi.restoreAllMocks();
  }
}

afterEach(() => vi.restoreAllMocks());

describe('bulwark scan', () => {
  const folder = createFolder({ '.git/HEAD': '', 'a.js': 'DANGER\n' });

  it('ends with 1 for findings, with 0 for none, with 2 if it could not run', async () => {
    expect(await bulwark(folder.path)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('sql/injection'),
    });
    expect(await bulwark(folder.path, '--skip', 'sql/*,deserialize/untrusted')).toMatchObject({ code: 0 });
    expect(await bulwark(`${folder.path}/none`)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^scan\/path: ".*" does not exist\.\n {2}why: .*\n {2}do: {2}.*\n$/),
    });
    folder.remove();
  });

  it.each([[['--format', 'pdf']], [['--min-severity', 'bad']], [['--unknown']]])(
    'refuses %j',
    async (args) => {
      expect(await bulwark(...args)).toMatchObject({
        code: { exitCode: 1 },
        stderr: expect.stringMatching(/^error: /),
      });
    },
  );
});

describe('progressLine', () => {
  it('writes little, and only on a terminal', () => {
    const texts: string[] = [];
    const write = (text: string): number => texts.push(text);
    const piped = progressLine({ write });
    piped(1, 2);
    expect(texts).toEqual([]);
    const progress = progressLine({ isTTY: true, write });
    for (let done = 0; done <= 5000; done++) progress(done, 5000);
    expect(texts).toHaveLength(101);
    expect(texts.at(-1)).toBe('\r\u001b[K');
  });
});
