import { expect, test } from 'vitest';
import { verifyIr } from '../../../ir/verify-ir.ts';
import { readJavascript } from './read-javascript.ts';
import { realFiles } from './real-files.ts';

test('a sample of real files keeps the invariants', () => {
  const files = realFiles(80);
  expect(files.length).toBeGreaterThan(150);
  for (const { path, text } of files) expect(verifyIr(readJavascript(path, text))).toEqual([]);
});
