import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const linesOf = (file: string): number =>
  readFileSync(new URL(file, import.meta.url), 'utf8').split('\n').length - 1;

test('the defended site is at most 40 lines longer than the other', () => {
  const [plain, defended] = [linesOf('plain.ts'), linesOf('app.ts')];
  expect(plain).toBeGreaterThan(120);
  expect(defended - plain).toBeLessThanOrEqual(40);
});
