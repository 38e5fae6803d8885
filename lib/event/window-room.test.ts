import { describe, expect, it } from 'vitest';
import { windowRoom } from './window-room.ts';

function taken(takes: readonly boolean[]): number {
  return takes.filter(Boolean).length;
}
const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

describe('windowRoom', () => {
  it('gives one client a quarter, and another its own', () => {
    const room = windowRoom(100);
    expect(taken(many(1000, (i) => room.take(`fetch/${i % 4}`, '203.0.113.9')))).toBe(25);
    expect(room.take('fetch/0', '203.0.113.10')).toBe(true);
  });

  it('gives one code a half, and another its own', () => {
    const room = windowRoom(100);
    expect(taken(many(1000, (i) => room.take('fetch/x', `203.0.113.${i}`)))).toBe(50);
    expect(room.take('sql/x', '203.0.113.1')).toBe(true);
  });

  it('ends at its whole', () => {
    const room = windowRoom(100);
    expect(taken(many(1000, (i) => room.take(`code/${i}`, `client ${i}`)))).toBe(100);
  });

  it('takes an IPv6 network for one client', () => {
    const room = windowRoom(100);
    expect(taken(many(1000, (i) => room.take(`code/${i % 4}`, `2001:db8:1:2::${i.toString(16)}`)))).toBe(25);
    expect(room.take('code/0', '2001:db8:1:2:ffff:ffff:ffff:ffff')).toBe(false);
    expect(room.take('code/0', '2001:db8:1:3::1')).toBe(true);
    expect(room.take('code/0', '2001:db8::1')).toBe(true);
    expect(room.take('code/0', '::1')).toBe(true);
  });

  it('does not take clients of IPv4 for one where the server is on both', () => {
    const room = windowRoom(100);
    expect(taken(many(1000, (i) => room.take(`code/${i % 4}`, '::ffff:203.0.113.9')))).toBe(25);
    expect(room.take('code/0', '::ffff:203.0.113.10')).toBe(true);
    expect(room.take('code/0', '203.0.113.9')).toBe(false);
  });

  it('does not take the clients that are unknown for one', () => {
    const room = windowRoom(100);
    expect(taken(many(1000, (i) => room.take(`code/${i % 4}`, undefined)))).toBe(100);
  });

  it('keeps one event where there is room for one', () => {
    expect(windowRoom(1).take('code/x', '203.0.113.9')).toBe(true);
  });
});
