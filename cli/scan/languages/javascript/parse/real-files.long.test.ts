import { expect, test } from 'vitest';
import { verifyIr } from '../../../ir/verify-ir.ts';
import { readJavascript } from './read-javascript.ts';
import { realFiles } from './real-files.ts';

test('real files keep the invariants, and all but a few that are wrong can be read', () => {
  const unreadable: string[] = [];
  let count = 0;
  for (const { path, text } of realFiles(3)) {
    const module = readJavascript(path, text);
    expect(verifyIr(module)).toEqual([]);
    count++;
    if (module.problems.length > 0) unreadable.push(path);
  }
  expect(count).toBeGreaterThan(2000);
  expect(unreadable.length).toBeLessThan(count / 1000 + 3);
});
