import { beforeEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import type { EgressDecision } from '../policy/egress-decision.ts';
import { readConnectTarget } from './connect-target.ts';
import { type Attempted, Connections } from './connections.ts';
import { parseEgressPolicy } from './egress-policy-file.ts';

function connections(policy: object): { guard: Connections; decisions: EgressDecision[] } {
  const decisions: EgressDecision[] = [];
  const log = {
    ...{ repeated: () => false, flush: () => {} },
    write: (_: string, decision: EgressDecision) => void decisions.push(decision),
  };
  const file = parseEgressPolicy({ hosts: 'public', mode: 'enforce', ...policy });
  return { guard: new Connections(file, log), decisions };
}

beforeEach(() => void configureEvents({ sinks: [] }));

const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const report = { mode: 'report', until };

function decided(guard: Connections, host: string, port: number): Attempted {
  return guard.decide(readConnectTarget([port, host])) as Attempted;
}

describe('the peer', () => {
  const answers = [{ address: '93.184.215.14', family: 4 }];

  it('is one of the addresses that were checked, however it is written', () => {
    const { guard, decisions } = connections({});
    const attempt = decided(guard, 'example.com', 443);
    expect(guard.judge(attempt, answers)).toBeUndefined();
    expect(guard.connected(attempt, '::ffff:93.184.215.14')).toBeUndefined();
    expect(decisions).toMatchObject([{ outcome: 'allowed', address: '93.184.215.14' }]);
  });

  it('is refused where it is another, whatever stands in between', () => {
    const { guard, decisions } = connections({});
    const attempt = decided(guard, 'example.com', 443);
    guard.judge(attempt, answers);
    expect(guard.connected(attempt, '93.184.215.15')).toMatchObject({ code: 'fetch/private-address' });
    guard.failed(attempt);
    expect(decisions).toMatchObject([{ outcome: 'refused', rule: 'not the checked address' }]);
  });

  it('passes in report mode, but never where it is metadata', () => {
    const { guard } = connections(report);
    const attempt = (): Attempted => {
      const made = decided(guard, 'example.com', 443);
      guard.judge(made, answers);
      return made;
    };
    expect(guard.connected(attempt(), '93.184.215.15')).toBeUndefined();
    expect(guard.connected(attempt(), '169.254.169.254')).toMatchObject({ code: 'fetch/cloud-metadata' });
  });

  it('of 0.0.0.0 and :: is this machine by another address', () => {
    const { guard } = connections(report);
    for (const [host, peer] of [
      ['0.0.0.0', '127.0.0.1'],
      ['::', '::1'],
    ] as const) {
      expect(guard.connected(decided(guard, host, 8080), peer)).toBeUndefined();
      expect(connections({}).guard.decide(readConnectTarget([80, host]))).toMatchObject({
        code: 'fetch/private-address',
      });
    }
  });
});

describe('a decision', () => {
  it('is written once, also for a connection that fails later', () => {
    const { guard, decisions } = connections({});
    const attempt = decided(guard, '93.184.215.14', 443);
    guard.failed(attempt);
    guard.failed(attempt);
    expect(decisions).toMatchObject([{ outcome: 'allowed', address: undefined }]);
  });

  it('in report mode tells the name and its addresses in one line', () => {
    const { guard, decisions } = connections(report);
    const attempt = decided(guard, 'db', 5432);
    expect(guard.judge(attempt, [{ address: '10.0.0.1', family: 4 }])).toBeUndefined();
    guard.connected(attempt, '10.0.0.1');
    expect(decisions).toMatchObject([{ outcome: 'reported', host: 'db', addresses: ['10.0.0.1'] }]);
  });

  it('is left to net where the arguments mean nothing', () => {
    const { guard } = connections({});
    for (const args of [
      [],
      [{}],
      [{ path: 5 }],
      [{ port: 80, host: {} }],
      [{ port: 'x', host: 'a.example' }],
    ]) {
      expect(guard.decide(readConnectTarget(args))).toBeUndefined();
    }
    expect(guard.decide(readConnectTarget([{ port: 80, host: 'example.com' }]))).toMatchObject({ port: 80 });
  });
});
