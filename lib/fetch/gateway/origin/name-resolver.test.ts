import dns, { type LookupAddress } from 'node:dns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancel } from './cancel.ts';
import { createNameResolver } from './name-resolver.ts';

const lookup = dns.lookup;
const here: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];
/** The names that are being asked for, and how each is answered. */
let asked: Map<string, (answers?: LookupAddress[]) => void>;

/** Names under slow.example wait for the test; all others are answered at once. */
beforeEach(() => {
  asked = new Map();
  dns.lookup = ((name: string, _options: object, reply: (error: null, answers: LookupAddress[]) => void) => {
    if (name.endsWith('.slow.example')) asked.set(name, (answers = here) => reply(null, answers));
    else reply(null, here);
  }) as typeof lookup;
});
afterEach(() => {
  dns.lookup = lookup;
});

const turn = () => new Promise((done) => setImmediate(done));

describe('the resolver of the gateway', () => {
  it('is not held up for one role by the slow names of another', async () => {
    const names = createNameResolver(256, 4);
    for (let i = 0; i < 40; i++) names.resolve(`n${i}.slow.example`, 'a', new Cancel());
    expect(asked.size).toBe(2);
    expect(await names.resolve('other.example', 'b', new Cancel())).toEqual(here);
    asked.get('n0.slow.example')?.();
    await turn();
    expect([...asked.keys()]).toEqual(['n0.slow.example', 'n1.slow.example', 'n2.slow.example']);
  });

  it('never asks for a name that nobody waits for any more, and goes on with the next', async () => {
    const names = createNameResolver(256, 2);
    const first = names.resolve('first.slow.example', 'a', new Cancel());
    const cancels = Array.from({ length: 10 }, () => new Cancel());
    const left = cancels.map((cancel, i) => names.resolve(`left${i}.slow.example`, 'a', cancel));
    const stays = names.resolve('stays.slow.example', 'a', new Cancel());
    for (const cancel of cancels) cancel.cancel(new Error('gone'));
    await Promise.all(left.map((one) => expect(one).rejects.toThrow('gone')));
    asked.get('first.slow.example')?.();
    expect(await first).toEqual(here);
    expect([...asked.keys()]).toEqual(['first.slow.example', 'stays.slow.example']);
    asked.get('stays.slow.example')?.();
    expect(await stays).toEqual(here);
  });

  it('asks once for those who ask for one name, and keeps it for the one who stays', async () => {
    const names = createNameResolver(256, 2);
    const leaving = new Cancel();
    names.resolve('block.slow.example', 'a', new Cancel());
    const one = names.resolve('shared.slow.example', 'a', leaving);
    expect(names.resolve('shared.slow.example', 'b', new Cancel())).toBe(one);
    leaving.cancel(new Error('gone'));
    asked.get('block.slow.example')?.();
    await turn();
    asked.get('shared.slow.example')?.();
    expect(await one).toEqual(here);
  });

  it('takes so many names and no more', async () => {
    const names = createNameResolver(2, 2);
    names.resolve('one.slow.example', 'a', new Cancel());
    names.resolve('two.slow.example', 'a', new Cancel());
    expect(names.resolve('three.slow.example', 'a', new Cancel())).toBeUndefined();
    names.setLimit(3);
    expect(names.resolve('three.slow.example', 'a', new Cancel())).toBeDefined();
  });
});
