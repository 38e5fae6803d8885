import { expect, it } from 'vitest';
import { readJavascript } from '../languages/javascript/parse/read-javascript.ts';
import type { SourceFile } from '../project/project.ts';
import { encodeFiles, KeptFiles } from './kept-files.ts';
import type { ReadFiles } from './part-cache.ts';
import type { PartResult } from './scan-part.ts';
import { bytesOf } from './testing/bytes-of.ts';

const result: PartResult = { findings: [], commented: [], notices: [], cuts: [], isLinked: true, lines: 0 };
const a: SourceFile = { path: 'a.js', language: 'javascript', text: 'export const x = "\\ud800 \u00e4";\n' };
const b: SourceFile = { path: 'b.js', language: 'javascript', text: 'f(/x/, 1.5, undefined);\n' };

function encode(files: readonly SourceFile[], before?: ReadFiles): Buffer {
  const modules = new Map(files.map(({ path, text }) => [path, [readJavascript(path, text)]]));
  return Buffer.concat([...encodeFiles({ key: 'a'.repeat(64), result, files, modules, before })]);
}

function decode(buffer: Buffer): KeptFiles | undefined {
  return KeptFiles.decode(bytesOf(buffer));
}

it('gives back what was read, and knows of which text', () => {
  const kept = decode(encode([a, b]));
  expect(kept?.modules('a.js')).toEqual([readJavascript('a.js', a.text)]);
  expect(kept?.modules('b.js')).toEqual([readJavascript('b.js', b.text)]);
  expect(kept?.modules('c.js')).toBeUndefined();
  expect(kept?.isOf(b)).toBe(true);
  expect(kept?.isOf({ ...b, text: `${b.text}\n` })).toBe(false);
});

it('takes over what is as it was, and nothing else', () => {
  const before = decode(encode([a, b]));
  const edited = { ...a, text: 'f();\n' };
  const modules = new Map([['a.js', [readJavascript('a.js', edited.text)]]]);
  const scanned = { key: 'a'.repeat(64), result, files: [edited, b], modules, before };
  expect(Buffer.concat([...encodeFiles(scanned)])).toEqual(encode([edited, b]));
});

it.each(['1e999', '-1e999'])('keeps nothing that JSON has no text for: %s', (number) => {
  const file = { ...a, text: `f(${number});\n` };
  const kept = decode(encode([file, b]));
  expect(kept?.modules('a.js')).toBeUndefined();
  expect(kept?.isOf(file)).toBe(false);
  expect(kept?.modules('b.js')).toBeDefined();
});

it.each<[string, (bytes: Buffer) => Buffer]>([
  ['nothing', () => Buffer.alloc(0)],
  ['an index that is longer than all', (bytes) => bytes.subarray(-20)],
  [
    'a key that names another file',
    (bytes) => Buffer.from(bytes.toString('latin1').replace('aaaaa', '../b/'), 'latin1'),
  ],
  [
    'a length below zero',
    (bytes) => Buffer.from(bytes.toString('latin1').replace(/",\d\d/, '",-1'), 'latin1'),
  ],
])('takes what is broken for nothing: %s', (_, broken) => {
  expect(decode(broken(encode([a])))).toBeUndefined();
});

it('is no error where the end was cut off', () => {
  const bytes = encode([a, b]);
  for (let size = 0; size < bytes.length; size++) {
    let kept: KeptFiles | undefined;
    try {
      kept = decode(bytes.subarray(0, size));
    } catch (error) {
      // As the disk cache takes it: there is nothing.
      expect(error).toBeInstanceOf(SyntaxError);
    }
    expect(kept).toBeUndefined();
  }
});

it('takes what has changed for a file that was not kept', () => {
  const bytes = encode([a, b]);
  bytes[20] = 0x20;
  expect(decode(bytes)?.modules('a.js')).toBeUndefined();
  expect(decode(bytes)?.modules('b.js')).toBeDefined();
});

it('takes what is taken away, or said to be longer than all, for a file that was not kept', () => {
  const bytes = bytesOf(encode([a]));
  let isGone = false;
  const kept = KeptFiles.decode({
    size: bytes.size,
    read(at, length) {
      if (isGone) throw new Error('ENOENT');
      return bytes.read(at, length);
    },
  });
  expect(kept?.modules('a.js')).toBeDefined();
  isGone = true;
  expect(kept?.modules('a.js')).toBeUndefined();
  const longer = encode([a])
    .toString('latin1')
    .replace(/",(\d+),/, (_, length) => `",${'9'.repeat(length.length)},`);
  expect(decode(Buffer.from(longer, 'latin1'))?.modules('a.js')).toBeUndefined();
});
