import { expect, it } from 'vitest';
import { installed } from './installed.ts';

const empty = { default: {} } as unknown as typeof import('saxes');

it('accepts a package that is installed', async () => {
  const saxes = await import('saxes');
  expect(installed(saxes, 'SaxesParser')).toBe(saxes);
});

it('accepts a function with exports, as webpack gives it', () => {
  const library = Object.assign(() => undefined, { Dicer: class {} });
  const bundled = { default: library } as unknown as typeof library;
  expect(installed(bundled, 'Dicer')).toBe(library);
});

it.each([empty, {} as typeof empty])('takes an empty module for a package that is absent', (library) => {
  expect(() => installed(library, 'SaxesParser')).toThrow('it has no SaxesParser');
});
