import { describe, expect, it } from 'vitest';
import { endOfLife, endOfLifeDay } from './end-of-life-data.ts';
import { hasLife, lifeOf } from './life-of.ts';

describe('lifeOf', () => {
  it.each([
    ['node', '18.20.4', 'ended', '18'],
    ['node', 'v22', 'supported', '22'],
    ['node', '22-bookworm-slim', 'unknown', undefined],
    ['node', '20.19.0', 'ended', '20'],
    ['node', 'lts/*', 'unknown', undefined],
    ['node', '99.0.0', 'unknown', undefined],
    ['node', '1.0.0', 'ended', '1'],
    ['python', '3.8', 'ended', '3.8'],
    ['python', '3.13.1', 'supported', '3.13'],
    ['python', '3', 'unknown', undefined],
    ['PyPI/django', '4.2.16', 'ended', '4.2'],
    ['PyPI/django', '5.2', 'supported', '5.2'],
    ['npm/next', '15.1.0', 'ended', '15'],
    ['npm/express', '4.19.2', 'supported', '4'],
    ['npm/express', '3.0.0', 'ended', '3'],
    ['npm/unheard-of', '1.0.0', 'unknown', undefined],
    ['__proto__', '1', 'unknown', undefined],
  ])('of %s %s is %s', (product, version, state, cycle) => {
    expect(lifeOf(product, version, '2026-12-01')).toMatchObject({ state, cycle });
  });

  it('lasts to the end of the last day', () => {
    expect(lifeOf('node', '22', '2027-04-30').state).toBe('supported');
    expect(lifeOf('node', '22', '2027-05-01').state).toBe('ended');
  });

  it('is unknown for a line without a day once the data is old', () => {
    expect(lifeOf('npm/express', '4.0.0', '2027-08-22').state).toBe('supported');
    expect(lifeOf('npm/express', '4.0.0', '2028-01-01').state).toBe('unknown');
  });

  it('has days as data', () => {
    const all = Object.values(endOfLife).flatMap((cycles) => Object.values(cycles));
    expect(all.filter((end) => typeof end === 'string' && !/^\d{4}-\d\d-\d\d$/.test(end))).toEqual([]);
    expect(endOfLifeDay).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect([hasLife('node'), hasLife('toString')]).toEqual([true, false]);
  });
});
