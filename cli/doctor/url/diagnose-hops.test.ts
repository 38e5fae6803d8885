import { describe, expect, it } from 'vitest';
import { diagnoseHops } from './diagnose-hops.ts';
import { routeOf } from './route-of.ts';
import type { Sighting } from './sighting.ts';
import type { Visit, Visits } from './visit.ts';

const sent = ['Host', 'Accept'];

interface Given {
  readonly mine?: string;
  readonly peer?: string;
  /** What comes for an ordinary request, and for one with a forged address. */
  readonly list?: readonly [string | undefined, string | undefined];
  readonly client?: readonly [string, string];
  readonly hops?: number;
  readonly ignored?: boolean;
  readonly names?: readonly string[];
  readonly family?: 'forwarded' | 'x-forwarded';
}

/** What real proxies elsewhere do, which one machine can't show: public addresses, Unix sockets, Docker. */
function diagnose(given: Given) {
  const { mine = '192.168.1.5', list = [undefined, '192.0.2.66'], family = 'x-forwarded' } = given;
  const header = family === 'forwarded' ? 'forwarded' : 'x-forwarded-for';
  const visit = (index: 0 | 1): Visit => {
    const value = list[index];
    const seen = {
      peer: {
        address: given.peer ?? '10.0.0.2',
        port: 5,
        encrypted: false,
        httpVersion: '1.1',
        headerNames: given.names ?? ['host'],
      },
      forwarded: value === undefined ? {} : { [header]: value },
      client: given.client?.[index] ?? '203.0.113.9',
      ignored: given.ignored ?? false,
      setup: { hops: given.hops ?? 1, family },
    };
    const answer = { url: new URL('http://shop.example/'), local: { address: mine, port: 4 }, sent };
    return { answer, seen: seen as unknown as Sighting } as unknown as Visit;
  };
  const visits = { fresh: visit(0), forged: visit(1) } as unknown as Visits;
  const route = routeOf(visits);
  if (!route) throw new Error('no route');
  return diagnoseHops(visits, route);
}

describe('the count of proxies', () => {
  it('is right where a client comes from the internet', () => {
    expect(diagnose({ list: ['203.0.113.9', '192.0.2.66, 203.0.113.9'] }).verdict).toBe('ok');
    expect(
      diagnose({ list: ['203.0.113.9, 10.0.0.7', '192.0.2.66, 203.0.113.9, 10.0.0.7'], hops: 2 }).verdict,
    ).toBe('ok');
    // With a port, as Azure writes it.
    expect(diagnose({ list: ['203.0.113.9:51234', '203.0.113.9:51236'] }).verdict).toBe('ok');
    expect(diagnose({ list: ['2001:db8::1', '192.0.2.66, 2001:db8::1'] }).verdict).toBe('ok');
  });

  it('is right behind a proxy on a Unix socket', () => {
    expect(diagnose({ peer: 'unix', list: ['203.0.113.9', '192.0.2.66, 203.0.113.9'] }).verdict).toBe('ok');
    expect(
      diagnose({ peer: 'unix', list: ['203.0.113.9', '192.0.2.66, 203.0.113.9'], hops: 0 }),
    ).toMatchObject({ verdict: 'wrong', fix: ['bulwark({ trustedProxies: 1 })'] });
  });

  it('is right where the proxy sees the doctor in the same private network', () => {
    expect(
      diagnose({ list: ['192.168.1.5', '192.168.1.5'], client: ['192.168.1.5', '192.168.1.5'] }).verdict,
    ).toBe('ok');
  });

  it('is unknown where the address may be the gateway of Docker, or a proxy', () => {
    const found = diagnose({ list: ['172.17.0.1', '172.17.0.1'], client: ['172.17.0.1', '172.17.0.1'] });
    expect(found.verdict).toBe('unknown');
    expect(found.fix[0]).toContain('your own address towards this URL is 192.168.1.5');
  });

  it('is unknown where something stands in between that leaves no trace', () => {
    expect(
      diagnose({
        names: sent,
        list: [undefined, '192.0.2.66'],
        hops: 0,
        client: ['172.17.0.1', '172.17.0.1'],
      }).verdict,
    ).toBe('unknown');
  });

  it('is wrong there too, if a forged address is believed', () => {
    expect(
      diagnose({ names: sent, list: [undefined, '192.0.2.66'], client: ['172.17.0.1', '192.0.2.66'] })
        .verdict,
    ).toBe('wrong');
  });

  it('names a proxy with a public address, and its networks', () => {
    const list = ['203.0.113.9', '192.0.2.66, 203.0.113.9'] as const;
    expect(
      diagnose({ peer: '198.51.100.7', list, ignored: true, client: ['198.51.100.7', '198.51.100.7'] }).fix,
    ).toEqual([
      "bulwark({ trustedProxies: { hops: 1, from: ['private', '198.51.100.7'] } })",
      'or, in place of its address, the networks of that proxy',
    ]);
  });

  it('is of no use where the proxy writes no address', () => {
    const list = ['for=_hidden', 'for=192.0.2.66, for=_hidden'] as const;
    expect(diagnose({ list, family: 'forwarded' })).toMatchObject({
      verdict: 'wrong',
      summary: 'What the outermost proxy writes to Forwarded is not an address.',
    });
    expect(
      diagnose({
        list: ['for="[2001:db8::1]:80";proto=https', 'for="[2001:db8::1]:80"'],
        family: 'forwarded',
      }).verdict,
    ).toBe('ok');
  });

  it('is read from long and odd lists without an error', () => {
    for (const text of [
      ',',
      ','.repeat(2_000),
      '192.0.2.66'.repeat(200),
      'a'.repeat(2_000),
      '"',
      'for=',
      'for="',
    ]) {
      for (const family of ['forwarded', 'x-forwarded'] as const) {
        expect(diagnose({ list: [text, text], family }).id).toBe('proxies/hops');
      }
    }
  });
});
