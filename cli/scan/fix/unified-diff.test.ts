import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFolder } from '../testing/folder.ts';
import { unifiedDiff } from './unified-diff.ts';

const folder = createFolder({});
afterAll(() => folder.remove());

describe('unifiedDiff', () => {
  it('shows what changes', () => {
    expect(unifiedDiff('a b.py', 'x = 1\ny = 2\n', 'x = 1\ny = 3\n')).toBe(
      '--- a/a b.py\n+++ b/a b.py\n@@ -1,2 +1,2 @@\n x = 1\n-y = 2\n+y = 3\n',
    );
  });

  it('is empty where nothing changes', () => {
    expect(unifiedDiff('a.py', 'x\n', 'x\n')).toBe('');
  });

  it.each([
    ['no newline at the end', 'a\nb', 'a\nc'],
    ['a newline that comes', 'a', 'a\n'],
    ['CRLF', 'a\r\nb\r\nc\r\n', 'a\r\nx\r\nc\r\n'],
    ['two places', `1\n${'.\n'.repeat(20)}2\n`, `one\n${'.\n'.repeat(20)}two\n`],
  ])('is applied by git: %s', (_, before, after) => {
    folder.write({ 'src/a.txt': before, 'a.patch': unifiedDiff('src/a.txt', before, after) });
    execFileSync('git', ['-c', 'core.autocrlf=false', 'apply', 'a.patch'], { cwd: folder.path });
    expect(readFileSync(join(folder.path, 'src/a.txt'), 'utf8')).toBe(after);
  });
});
