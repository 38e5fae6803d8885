import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { enforced, parseMode } from './mode.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime('2026-06-01T12:00:00Z');
});
afterEach(() => {
  vi.useRealTimers();
});

describe('parseMode', () => {
  it('enforces unless it is told otherwise', () => {
    expect(parseMode({})).toBe(enforced);
    expect(parseMode({ mode: 'enforce' })).toBe(enforced);
  });

  it('is not turned off by a polluted prototype', () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    try {
      Object.assign(polluted, { mode: 'report', until: '2026-06-30' });
      expect(parseMode({})).toBe(enforced);
    } finally {
      delete polluted['mode'];
      delete polluted['until'];
    }
  });

  it.each([
    ['a date, to the end of that day', '2026-06-30', '2026-06-30T23:59:59.999Z'],
    ['today', '2026-06-01', '2026-06-01T23:59:59.999Z'],
    ['the last day, 180 ahead', '2026-11-28', '2026-11-28T23:59:59.999Z'],
    ['a moment', '2026-06-30T08:00:00Z', '2026-06-30T08:00:00.000Z'],
    ['a moment elsewhere', '2026-06-30T08:00+02:00', '2026-06-30T06:00:00.000Z'],
    ['a Date', new Date('2026-06-30T08:00:00Z'), '2026-06-30T08:00:00.000Z'],
    ['a day that has passed, so that the application still starts', '2026-05-01', '2026-05-01T23:59:59.999Z'],
  ])('reports until %s', (_, until, expected) => {
    expect(new Date(parseMode({ mode: 'report', until }).reportUntil).toISOString()).toBe(expected);
  });

  it.each([
    ['nothing', undefined],
    ['181 days', '2026-11-29'],
    ['a year', new Date('2027-06-01')],
    ['no date', new Date('never')],
    ['a day that is none', '2026-09-31'],
    ['a word', 'tomorrow'],
    ['a number', '2026'],
    ['a date in another order', '30/06/2026'],
    ['a moment without its zone', '2026-06-30T08:00'],
    ['an impossible hour', '2026-06-30T99:00Z'],
    ['a line after the date', '2026-06-30\nx'],
  ])('refuses %s as its end', (_, until) => {
    const options = until === undefined ? { mode: 'report' } : { mode: 'report', until };
    expect(() => parseMode(options)).toThrow(expect.objectContaining({ code: 'bulwark/report-without-end' }));
  });

  it('refuses a mode that it does not know', () => {
    expect(() => parseMode({ mode: 'off' })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});
