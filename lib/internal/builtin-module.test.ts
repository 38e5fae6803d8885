import { createHmac } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { builtinModule } from './builtin-module.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('is the module of Node', () => {
  expect(builtinModule('node:crypto')?.createHmac).toBe(createHmac);
});

it.each([
  ['has no process', undefined],
  ['has a process without the function', {}],
  ['knows no modules', { getBuiltinModule: () => undefined }],
  [
    'throws, as the edge runtime of Next.js 15 does',
    {
      getBuiltinModule() {
        throw new Error('A Node.js API is used (process.getBuiltinModule).');
      },
    },
  ],
])('is undefined where a runtime %s', (_what, process) => {
  vi.stubGlobal('process', process);
  expect(builtinModule('node:crypto')).toBeUndefined();
});
