import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkedLookup } from './checked-lookup.ts';

const list: LookupAddress[] = [
  { address: '192.0.2.1', family: 4 },
  { address: '2001:db8::1', family: 6 },
];

/** What `net` gets of a lookup that calls back with these, and what was looked at. */
function asked(
  given: (callback: (...answer: unknown[]) => void) => void,
  options: LookupOptions,
  refuse?: Error,
): { seen: readonly LookupAddress[][]; got: unknown[][] } {
  const seen: LookupAddress[][] = [];
  const got: unknown[][] = [];
  const lookup = checkedLookup(
    ((_name: string, _options: unknown, callback: (...answer: unknown[]) => void) =>
      given(callback)) as LookupFunction,
    (answers) => {
      seen.push([...answers]);
      return refuse;
    },
  );
  lookup('db.example', options, (...answer) => got.push(answer));
  return { seen, got };
}

describe('a lookup of the caller', () => {
  it.each([
    ['a list', (callback) => callback(null, list), list],
    ['one address', (callback) => callback(null, '192.0.2.1', 4), list.slice(0, 1)],
    // Node 20 to 24 take this array for the address in it.
    ['a list of texts', (callback) => callback(null, ['192.0.2.1']), list.slice(0, 1)],
    [
      'an object that is a text',
      (callback) => callback(null, { toString: () => '192.0.2.1' }, 4),
      list.slice(0, 1),
    ],
  ] as [string, (callback: (...answer: unknown[]) => void) => void, LookupAddress[]][])(
    'that gives %s is judged by all of it, and that is what is dialled',
    (_, given, expected) => {
      expect(asked(given, { all: true })).toEqual({ seen: [expected], got: [[null, expected]] });
      const one = [null, expected[0]?.address, expected[0]?.family];
      expect(asked(given, {})).toEqual({ seen: [expected], got: [one] });
    },
  );

  it('cannot change its answer after it was judged, nor give a second one', () => {
    const own = [{ address: '192.0.2.1', family: 4 }];
    const { seen, got } = asked(
      (callback) => {
        callback(null, own);
        Object.assign(own[0] as object, { address: '127.0.0.1' });
        callback(null, [{ address: '10.0.0.1', family: 4 }]);
      },
      { all: true },
    );
    expect(seen).toHaveLength(1);
    expect(got).toEqual([[null, list.slice(0, 1)]]);
  });

  it('gets nothing dialled where it is refused, fails, or gives nothing', () => {
    const refusal = new Error('refused');
    expect(asked((callback) => callback(null, list), { all: true }, refusal).got).toEqual([[refusal]]);
    expect(asked((callback) => callback(refusal), { all: true }).got).toEqual([[refusal]]);
    for (const nothing of [[], undefined]) {
      const { seen, got } = asked((callback) => callback(null, nothing), { all: true });
      expect(seen).toEqual([]);
      expect(got).toEqual([[expect.objectContaining({ code: 'ENOTFOUND' })]]);
    }
    const hostile = { toString: () => Promise.reject(new Error('no text')).catch(() => '') };
    expect(asked((callback) => callback(null, hostile), {}).got).toEqual([[expect.any(Error)]]);
  });
});
