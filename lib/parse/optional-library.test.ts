import { expect, it } from 'vitest';
import { optionalLibrary } from './optional-library.ts';

it('loads a library when it is first used', () => {
  const saxes = optionalLibrary<typeof import('saxes')>('saxes');
  expect(saxes().SaxesParser).toBeTypeOf('function');
  expect(saxes()).toBe(saxes());
});

it('says what to install if the library is absent', () => {
  const absent = optionalLibrary('bulwark-no-such-library');
  expect(absent).toThrow(
    expect.objectContaining({
      code: 'parse/library-missing',
      hint: 'Run `npm install bulwark-no-such-library`.',
    }),
  );
});
