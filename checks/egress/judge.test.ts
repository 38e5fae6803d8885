import { describe, expect, it } from 'vitest';
import type { AttackCase, LegitimateCase } from './egress-case.ts';
import { judge } from './judge.ts';
import type { CaseRun, Outcome } from './sealed-cases.ts';
import { isSpecialAddress } from './special-addresses.ts';
import type { Contact, SeenRequest } from './world.ts';

const failed: Outcome = { state: 'failed', error: 'fetch/private-address' };
const answered: Outcome = { state: 'answered', status: 200, bytes: 2 };

function run(
  outcomes: readonly Outcome[],
  contacts: readonly Contact[] = [],
  uncaught: readonly string[] = [],
) {
  return { name: 'a', outcomes, contacts, uncaught } satisfies CaseRun;
}

function contact(address: string, request: Partial<SeenRequest> = {}, port = 80): Contact {
  const seen = { method: 'GET', url: '/', headers: {}, servername: undefined, ...request };
  return { address, port, bytes: 10, requests: [seen] };
}

function attack(more: Partial<AttackCase> = {}): AttackCase {
  const common = { name: 'a', why: 'b', url: 'http://10.0.0.1/', level: 'connect', kind: 'ipv4' } as const;
  return { ...common, expect: { refused: true }, ...more };
}

describe('an attack', () => {
  it.each([
    ['fails and touches nothing', attack(), run([failed]), []],
    ['is answered', attack(), run([answered]), ['reached']],
    ['touches its target and fails', attack(), run([failed], [contact('10.0.0.1')]), ['reached']],
    [
      'touches a public address of a mixed answer',
      attack(),
      run([failed], [contact('8.8.8.8')]),
      ['reached'],
    ],
    [
      'is refused at the second hop',
      attack({ url: 'http://8.8.8.8/redirect?to=http://10.0.0.1/' }),
      run([failed], [contact('8.8.8.8')]),
      [],
    ],
    [
      'is refused after the second hop',
      attack({ url: 'http://8.8.8.8/redirect?to=http://10.0.0.1/' }),
      run([failed], [contact('8.8.8.8'), contact('10.0.0.1')]),
      ['reached'],
    ],
    ['hangs', attack(), run([{ state: 'hung' }]), ['hung']],
    ['crashes', attack(), run([failed], [], ['TypeError']), ['uncaught']],
    [
      'shows a header',
      attack({ url: 'http://8.8.8.8/echo', expect: { withheld: ['Cookie'] } }),
      run([answered], [contact('8.8.8.8', { headers: { cookie: 'a' } })]),
      ['reached'],
    ],
    [
      'withholds it',
      attack({ url: 'http://8.8.8.8/echo', expect: { withheld: ['Cookie'] } }),
      run([answered], [contact('8.8.8.8')]),
      [],
    ],
    [
      'stays where it may go',
      attack({ expect: { contactsOnly: ['8.8.8.8'] } }),
      run([answered, failed], [contact('8.8.8.8')]),
      [],
    ],
    [
      'goes elsewhere',
      attack({ expect: { contactsOnly: ['8.8.8.8'] } }),
      run([answered, failed], [contact('8.8.8.8'), contact('127.0.0.1')]),
      ['reached'],
    ],
  ])('that %s', (_, one, seen, faults) => {
    expect(judge(one, seen).faults).toEqual(faults);
  });
});

describe('a legitimate request', () => {
  const one: LegitimateCase = {
    ...{ name: 'a', why: 'b', url: 'https://www.example/', level: 'connect', kind: 'tls' },
    expect: { reached: '8.8.8.8', status: 200 },
  };
  const seen = { headers: { host: 'www.example' }, servername: 'www.example' };

  it.each([
    ['arrives', run([answered], [contact('8.8.8.8', seen)]), []],
    ['is refused', run([failed]), ['lost']],
    ['arrives elsewhere', run([answered], [contact('9.9.9.9', seen)]), ['lost']],
    ['has another status', run([{ ...answered, status: 500 }], [contact('8.8.8.8', seen)]), ['lost']],
    [
      'loses its Host',
      run([answered], [contact('8.8.8.8', { ...seen, headers: { host: '8.8.8.8' } })]),
      ['lost'],
    ],
    ['loses its SNI', run([answered], [contact('8.8.8.8', { ...seen, servername: 'false' })]), ['lost']],
    ['fails the second time', run([answered, failed], [contact('8.8.8.8', seen)]), ['lost']],
  ])('that %s', (_, result, faults) => {
    expect(judge(one, result).faults).toEqual(faults);
  });
});

describe('isSpecialAddress', () => {
  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '168.63.129.16',
    '::1',
    '::ffff:a00:1',
    '64:ff9b::a00:1',
    '2002:7f00:1::1',
    'fd00::1',
    '2606:4700::200:5efe:0:0',
  ])('%s is', (address) => {
    expect(isSpecialAddress(address)).toBe(true);
  });

  it.each([
    '8.8.8.8',
    '168.63.129.17',
    '2606:4700::1111',
    '::ffff:808:808',
    '2606:4700::20:5efe:0:0',
    '64:ff9b::808:808',
    '2001:4860::1',
  ])('%s is not', (address) => {
    expect(isSpecialAddress(address)).toBe(false);
  });
});
