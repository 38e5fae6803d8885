import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { createFolder } from '../../testing/folder.ts';
import { programOptions } from './program-options.ts';

const text = 'b\na\na\n';
const folder = createFolder({ 'a.txt': text, '-rf': text, 'sub/c.txt': text });
afterAll(() => folder.remove());

function run(words: readonly string[]): { readonly status: number | null; readonly out: string } {
  const [program = '', ...args] = words;
  const { status, stdout } = spawnSync(program, args, {
    cwd: folder.path,
    encoding: 'utf8',
    timeout: 10_000,
  });
  return { status, out: stdout };
}

/** What each is asked here; what changes files makes the same twice. */
const runs: readonly (readonly [options: string, value: string])[] = [
  ['grep -n a', 'a.txt'],
  ['ls -1', 'sub'],
  ['cat -n', 'a.txt'],
  ['head -n 1', 'a.txt'],
  ['tail -n 1', 'a.txt'],
  ['wc -l', 'a.txt'],
  ['sort -r', 'a.txt'],
  ['uniq -c', 'a.txt'],
  ['du -s', 'sub'],
  ['df --output=target', '.'],
  ['stat -c %s', 'a.txt'],
  ['diff -u sub/c.txt', 'a.txt'],
  ['md5sum -b', 'a.txt'],
  ['sha1sum -b', 'a.txt'],
  ['sha256sum -b', 'a.txt'],
  ['sha512sum -b', 'a.txt'],
  ['base64 -w 0', 'a.txt'],
  ['basename -a', 'sub/c.txt'],
  ['dirname -z', 'sub/c.txt'],
  ['readlink -f', 'a.txt'],
  ['realpath -s', 'a.txt'],
  ['mkdir -p', 'new'],
  ['touch -c', 'a.txt'],
  ['gzip -c -n', 'a.txt'],
  ['tar -cf - --', 'a.txt'],
];

describe('programOptions', () => {
  it.each(runs)('%s %s is the same with an end of options', (options, value) => {
    const words = options.split(' ').filter((word) => word !== '--');
    const known = programOptions(words);
    expect(known?.end).toBe('--');
    const plain = run([...words, value]);
    expect(plain.status).not.toBeNull();
    expect(run([...words, '--', value])).toEqual(plain);
    for (const word of words.slice(1)) {
      if (/^-[a-z]$/.test(word)) expect(known?.flags.has(word) || known?.values.has(word), word).toBe(true);
    }
  });

  it.each([
    'cat',
    'head',
    'tail',
    'wc',
    'sort',
    'md5sum',
    'sha256sum',
    'base64',
    'stat',
    'ls',
    'realpath',
    'gzip -c',
  ])('%s takes a value that begins with a dash for a name', (program) => {
    const words = program.split(' ');
    const answer = run([...words, '--', '-rf']);
    expect(answer.status).toBe(0);
    expect(run([...words, '-rf']).out).not.toBe(answer.out);
  });

  it('knows no program by a part of its name, and git by its command', () => {
    expect(programOptions(['/usr/bin/grep'])).toBe(programOptions(['grep']));
    expect(programOptions(['mygrep'])).toBeUndefined();
    expect(programOptions(['git', 'log'])?.end).toBe('--end-of-options');
    expect(programOptions(['git', 'clone'])).toBeUndefined();
    expect(programOptions(['git', '-C'])).toBeUndefined();
  });
});
