import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFolder } from '../scan/testing/folder.ts';
import { pathOfUri, realPathOf, uriOfPath } from './document-path.ts';

describe('pathOfUri', () => {
  it.each([
    ['file:///home/a%20b/c%23.js', '/home/a b/c#.js'],
    ['file:///%C3%BC.js', '/\u00fc.js'],
  ])('reads %s', (uri, path) => {
    expect(pathOfUri(uri, false)).toBe(path);
    expect(uriOfPath(path, false)).toBe(uri);
  });

  it.each([
    ['file:///c%3A/Users/a%20b/c.js', 'c:\\Users\\a b\\c.js'],
    ['file:///C:/Users/c.js', 'C:\\Users\\c.js'],
    ['file://server/share/c.js', '\\\\server\\share\\c.js'],
  ])('reads %s on Windows', (uri, path) => expect(pathOfUri(uri, true)).toBe(path));

  it('writes paths of Windows', () => expect(uriOfPath('C:\\a b\\c.js', true)).toBe('file:///C:/a%20b/c.js'));

  it.each(['untitled:Untitled-1', 'git:/a/b.js?ref', 'file://host/a.js', 'file:///a%2Fb.js', 'no uri', ''])(
    'gives no path for %j',
    (uri) => expect(pathOfUri(uri, false)).toBeUndefined(),
  );
});

describe('realPathOf', () => {
  const folder = createFolder({ 'real/a.js': '' });
  afterAll(() => folder.remove());

  it('follows links, also for a file that is not there yet', () => {
    symlinkSync(join(folder.path, 'real'), join(folder.path, 'link'));
    expect(realPathOf(join(folder.path, 'link/a.js'))).toBe(join(folder.path, 'real/a.js'));
    expect(realPathOf(join(folder.path, 'link/b.js'))).toBe(join(folder.path, 'real/b.js'));
    expect(realPathOf(join(folder.path, 'real/a.js'))).toBe(join(folder.path, 'real/a.js'));
  });
});
