import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { editTo } from './fix.ts';

describe('editTo', () => {
  it.each([
    ['md5(a)\nmd5(b)\n', 'md5(a)\nsha256(b)\n', 'sha256'],
    ['aaa', 'aaaa', 'a'],
    ['aaaa', 'aa', ''],
    ['same', 'same', ''],
    ['', 'all', 'all'],
  ])('makes %j into %j by %j', (before, after, newText) => {
    const document = TextDocument.create('file:///a.js', '', 1, before);
    const edit = editTo(document, after);
    expect(edit.newText).toBe(newText);
    expect(TextDocument.applyEdits(document, [edit])).toBe(after);
  });
});
