import { describe, expect, it } from 'vitest';
import { asError } from './as-error.ts';

describe('asError', () => {
  it('returns an error as it is', () => {
    const error = new RangeError('large');
    expect(asError(error)).toBe(error);
  });

  const hostile = new Proxy(
    {},
    {
      getPrototypeOf() {
        throw new Error('trap');
      },
    },
  );

  it.each([[null], [undefined], ['text'], [{ message: 'like an error' }], [hostile]])(
    'makes an error of any other value, case %#',
    (thrown) => {
      const error = asError(thrown);
      expect(error).toBeInstanceOf(Error);
      expect(Object.is(error.cause, thrown)).toBe(true);
    },
  );
});
