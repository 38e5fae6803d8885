import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Language } from './tree.ts';

/** What a tool's output says. */
export interface Counts {
  readonly findings: number;
  /** Files that it read, where it says so. */
  readonly files?: number | undefined;
  /** Files with something in them that it could not parse. */
  readonly unread: number;
  /** What it says of work that it cut short. */
  readonly notes?: readonly string[] | undefined;
}

export interface Tool {
  readonly name: string;
  readonly languages: readonly Language[];
  /** Runs in the folder that is scanned, and writes JSON. */
  readonly command: readonly string[];
  readonly codes: readonly number[];
  readonly counts: (stdout: string) => Counts;
}

/** A tool that is not measured, and why. */
export interface Absent {
  readonly name: string;
  readonly reason: string;
}

const require = createRequire(import.meta.url);
const node = process.execPath;

/** @param program Starts bulwark's command line: `node dist/main.js`. */
export function bulwark(program: readonly string[], config: string, more: readonly string[]): Tool {
  return {
    name: 'bulwark scan',
    languages: ['javascript', 'python'],
    command: [
      ...program,
      'scan',
      '--format',
      'json',
      '--config',
      config,
      '--min-confidence',
      'medium',
      ...more,
      '.',
    ],
    codes: [0, 1],
    counts: (stdout) => {
      const report = JSON.parse(stdout) as {
        findings: unknown[];
        scanned: { files: number };
        notices: { code: string; message: string }[];
      };
      return {
        findings: report.findings.length,
        files: report.scanned.files,
        unread: report.notices.filter(({ code }) => code === 'scan/unparsable').length,
        notes: report.notices.filter(({ code }) => code === 'scan/budget').map(({ message }) => message),
      };
    },
  };
}

/** The peers that this machine has. All are told to count what comments in the code would hide. */
export function peers(built: { readonly eslintConfig: string; readonly ruffProgram: string }): {
  readonly tools: readonly Tool[];
  readonly absent: readonly Absent[];
} {
  const tools: Tool[] = [];
  const absent: Absent[] = [];
  if (isThere('bandit')) tools.push(bandit);
  else absent.push({ name: 'Bandit', reason: 'bandit is not on the PATH (Debian: apt-get install bandit)' });
  if (isThere('ruff')) tools.push(ruff);
  else {
    tools.push(ruffInWasm(built.ruffProgram));
    const reason = 'ruff is not on the PATH (PyPI has it); its build for WebAssembly, from npm, is slower';
    absent.push({ name: 'Ruff as a native program', reason });
  }
  tools.push(eslint(built.eslintConfig));
  return { tools, absent };
}

const bandit: Tool = {
  name: 'Bandit -ii',
  languages: ['python'],
  command: ['bandit', '-r', '-q', '-ii', '-f', 'json', '--ignore-nosec', '.'],
  codes: [0, 1],
  counts: (stdout) => {
    const report = JSON.parse(stdout) as { results: unknown[]; errors: unknown[]; metrics: object };
    const files = Object.keys(report.metrics).filter((name) => name !== '_totals').length;
    return { findings: report.results.length, files, unread: report.errors.length };
  },
};

const ruff: Tool = {
  name: 'Ruff S',
  languages: ['python'],
  command: 'ruff check --isolated --no-cache --ignore-noqa --select S --output-format json .'.split(' '),
  codes: [0, 1],
  counts: (stdout) => {
    const found = JSON.parse(stdout) as { code: string | null; filename: string }[];
    const [ours, others] = [true, false].map((is) =>
      found.filter(({ code }) => /^S\d/.test(code ?? '') === is),
    );
    return {
      findings: (ours as object[]).length,
      unread: new Set((others as typeof found).map(({ filename }) => filename)).size,
    };
  },
};

function ruffInWasm(program: string): Tool {
  return {
    name: 'Ruff S (WebAssembly)',
    languages: ['python'],
    command: [node, program],
    codes: [0],
    counts: (stdout) => JSON.parse(stdout) as Counts,
  };
}

function eslint(config: string): Tool {
  const program = join(dirname(require.resolve('eslint/package.json')), 'bin/eslint.js');
  return {
    name: 'ESLint security',
    languages: ['javascript'],
    command: [node, program, '--no-inline-config', '--config', config, '--format', 'json', '.'],
    codes: [0, 1],
    counts: (stdout) => {
      const files = JSON.parse(stdout) as { messages: { fatal?: boolean; ruleId: string | null }[] }[];
      return {
        findings: files.flatMap(({ messages }) => messages).filter(({ ruleId }) => ruleId !== null).length,
        files: files.length,
        unread: files.filter(({ messages }) => messages.some(({ fatal }) => fatal)).length,
      };
    },
  };
}

function isThere(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

/** @throws {Error} where nothing was built */
export function assertBuilt(program: string): void {
  if (!existsSync(program)) throw new Error(`There is no ${program}: npm run build makes it.`);
}
