import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitFolder } from './git-folder.ts';

interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export interface ObjectReader {
  /** Ids, types and sizes of all objects, also those that nothing names. */
  list(each: (id: string, type: string, size: number) => void): Promise<void>;
  /** The objects of these ids, in this order; `missing` for one that is not there. */
  read(
    ids: readonly string[],
    each: (object: GitObject) => void,
    missing: (id: string) => void,
  ): Promise<void>;
  close(): void;
}

export class GitFailure extends Error {}

/** Git is given up when it says nothing for so long. */
const patience = 60_000;

/**
 * Reads objects by `git cat-file`, in a repository of its own that has nothing but the objects of the other one: none of its settings,
 * hooks, attributes, replacements and grafts are there to be read, and nothing is fetched.
 */
export function objectReader({ shared, hash }: GitFolder): ObjectReader {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-objects-'));
  mkdirSync(join(folder, 'refs'));
  mkdirSync(join(folder, 'objects'));
  writeFileSync(join(folder, 'HEAD'), 'ref: refs/heads/none\n');
  const version = hash === 'sha256' ? 1 : 0;
  const format = hash === 'sha256' ? '[extensions]\n\tobjectformat = sha256\n' : '';
  writeFileSync(
    join(folder, 'config'),
    `[core]\n\trepositoryformatversion = ${version}\n\tbare = true\n\tcommitGraph = false\n\tmultiPackIndex = false\n${format}`,
  );
  const run = (options: readonly string[], input: string, take: (chunk: Buffer) => void): Promise<void> =>
    runGit(['cat-file', ...options], { folder, objects: join(shared, 'objects') }, input, take);
  return {
    async list(each) {
      let rest = '';
      await run(['--batch-all-objects', '--batch-check', '--unordered', '--buffer'], '', (chunk) => {
        const lines = (rest + chunk.toString('latin1')).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const [id = '', type = '', size = ''] = line.split(' ');
          each(id, type, Number(size));
        }
      });
    },
    async read(ids, each, missing) {
      if (ids.length === 0) return;
      const take = splitObjects(each, missing);
      await run(['--batch', '--buffer'], `${ids.join('\n')}\n`, take);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function runGit(
  options: readonly string[],
  { folder, objects }: { readonly folder: string; readonly objects: string },
  input: string,
  take: (chunk: Buffer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--no-replace-objects', ...options], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        LC_ALL: 'C',
        GIT_DIR: folder,
        GIT_OBJECT_DIRECTORY: objects,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_ATTR_NOSYSTEM: '1',
        GIT_NO_LAZY_FETCH: '1',
        GIT_NO_REPLACE_OBJECTS: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
      },
    });
    let said = '';
    let failure: Error | undefined;
    const give = (error: Error): void => {
      failure ??= error;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(() => give(new GitFailure('git did not answer')), patience);
    child.stdout.on('data', (chunk: Buffer) => {
      clearTimeout(timer);
      timer = setTimeout(() => give(new GitFailure('git did not answer')), patience);
      try {
        if (failure === undefined) take(chunk);
      } catch (error) {
        give(error as Error);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < 1000) said += chunk.toString('utf8');
    });
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new GitFailure(`git could not be run: ${(error as NodeJS.ErrnoException).code ?? 'failed'}`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (failure !== undefined) reject(failure);
      else if (code !== 0 || /\b(?:error|fatal)\b/.test(said))
        reject(new GitFailure(said.split('\n')[0] || `git ended with ${code}`));
      else resolve();
    });
    child.stdin.end(input);
  });
}

/** Takes apart what `cat-file --batch` writes: a line with id, type and size, the content, and the end of a line. */
function splitObjects(
  each: (object: GitObject) => void,
  missing: (id: string) => void,
): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let length = 0;
  let needed = 1;
  let head: { readonly id: string; readonly type: string; readonly size: number } | undefined;
  return (chunk) => {
    parts.push(chunk);
    length += chunk.length;
    if (length < needed) return;
    let bytes = parts.length === 1 ? chunk : Buffer.concat(parts, length);
    for (;;) {
      if (head === undefined) {
        const end = bytes.indexOf(10);
        if (end < 0) break;
        const [id = '', type = '', size = ''] = bytes.toString('latin1', 0, end).split(' ');
        bytes = bytes.subarray(end + 1);
        if (size === '') missing(id);
        else head = { id, type, size: Number(size) };
      } else {
        if (bytes.length <= head.size) break;
        each({ id: head.id, type: head.type, bytes: bytes.subarray(0, head.size) });
        bytes = bytes.subarray(head.size + 1);
        head = undefined;
      }
    }
    parts = [bytes];
    length = bytes.length;
    needed = head === undefined ? length + 1 : head.size + 1;
  };
}
