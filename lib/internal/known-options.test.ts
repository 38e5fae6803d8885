import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownOptions } from './known-options.ts';

const names = ['timeoutMs', 'signal', 'readOnly', 'max', 'maxBytes', 'until'] as const;
type Options = { readonly [N in (typeof names)[number]]?: unknown };

describe('knownOptions', () => {
  it('gives what the record has itself', () => {
    expect({ ...knownOptions<Options>({ max: 1, signal: undefined }, names) }).toEqual({ max: 1 });
    const polluted = Object.prototype as { until?: string };
    polluted.until = '2027-01-01';
    try {
      expect(knownOptions<Options>({ max: 1 }, names).until).toBeUndefined();
    } finally {
      delete polluted.until;
    }
  });

  it.each([
    ['timeout', 'timeoutMs'],
    ['TimeoutMS', 'timeoutMs'],
    ['timeoutMS', 'timeoutMs'],
    ['timeoutMsec', 'timeoutMs'],
    ['singal', 'signal'],
    ['readonly', 'readOnly'],
    ['maxByte', 'maxBytes'],
    ['bytes', 'maxBytes'],
    ['maximum', 'max'],
    ['untill', 'until'],
  ])('suggests for %s the option %s', (typed, meant) => {
    expect(() => knownOptions<Options>({ [typed]: 1 } as Options, names)).toThrow(
      expect.objectContaining({
        code: 'bulwark/invalid-option',
        message: expect.stringContaining(`There is no option "${typed}". Did you mean ${meant}?`),
      }),
    );
  });

  it.each(['nope', 'x', 'ms', 'hosts', '__proto_', 'constructor', 'z'.repeat(10_000)])(
    'lists the options where none is near: %s',
    (typed) => {
      expect(() => knownOptions<Options>({ [typed]: 1 } as Options, names)).toThrow(
        'The options are timeoutMs, signal, readOnly, max, maxBytes, until.',
      );
    },
  );

  it.each([
    ['a list', []],
    ['null', null],
    ['a text', 'max'],
    ['true', true],
  ])('takes no %s', (_, options) => {
    expect(() => knownOptions(options as Options, names)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('takes its own names and refuses any other', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const read = (): unknown => knownOptions<Options>(JSON.parse(`{${JSON.stringify(name)}: 1}`), names);
        if ((names as readonly string[]).includes(name)) expect(read).not.toThrow();
        else expect(read).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
      }),
      { numRuns: 1000, seed: 20261202 },
    );
  });
});
