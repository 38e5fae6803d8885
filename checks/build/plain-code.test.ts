import { describe, expect, it } from 'vitest';
import { plainCode } from './plain-code.ts';

/** What a program logs, before and after the rewrite. */
function both(code: string): readonly unknown[] {
  const [as, plain] = [code, plainCode(code)].map((one) => {
    const logged: unknown[] = [];
    new Function('log', one)((...all: unknown[]) => logged.push(all));
    return logged;
  });
  expect(plain).toEqual(as);
  return as as unknown[];
}

describe('plain code', () => {
  it.each([
    ['arrays', 'for (const x of [1, 2, 3]) log(x);'],
    ['arrays with holes', 'for (const x of [1, , 3]) log(x);'],
    [
      'arrays that grow and shrink',
      'const a = [1, 2, 3]; for (let x of a) { log(x); if (x === 1) a.push(9); x++; if (x === 3) a.length = 4; }',
    ],
    ['sets that grow', 'const s = new Set([1]); for (const x of s) { log(x); if (x < 5) s.add(x + 1); }'],
    ['maps', 'for (const [key, value] of new Map([["a", 1], ["b", 2]])) log(key, value);'],
    ['texts', 'for (const c of "a\u{1F600}b") log(c);'],
    ['generators', 'function* g() { yield 1; yield* [2, 3]; } for (const x of g()) log(x);'],
    ['typed arrays', 'for (const x of new Uint8Array([7, 8])) log(x);'],
    ['entries', 'for (const [i, x] of ["a", "b"].entries()) log(i, x);'],
    ['loops in loops', 'for (const x of [[1, 2], new Set([3])]) for (const y of x) log(y);'],
    [
      'break and continue with labels',
      'outer: for (const x of [1, 2, 3, 4]) { for (const y of new Set([1, 2])) { if (x === 2) continue outer; if (x === 4) break outer; log(x, y); } }',
    ],
    [
      'functions made in a loop',
      'const all = []; for (const x of [1, 2]) all.push(() => x); for (const f of all) log(f());',
    ],
    [
      'an iterable that is evaluated once',
      'let n = 0; const list = () => (n++, [1, 2]); for (const x of list()) log(x, n);',
    ],
    [
      'a return in a loop',
      'const f = (all) => { for (const x of all) if (x > 1) return x; return 0; }; log(f([1, 2, 3]), f([]), f(new Set([5])));',
    ],
    ['pairs', 'const [a, , b] = [1, 2, 3], c = 4; let [d, e] = [a]; e = 5; log(a, b, c, d, e);'],
    ['pairs of other iterables', 'const [a, b, c] = new Set([1, 2]); const [x] = "xyz"; log(a, b, c, x);'],
    [
      'no more of an iterator than is named',
      'function* g() { log("one"); yield 1; log("two"); yield 2; log("three"); } const [a, b] = g(); log(a, b);',
    ],
    [
      'other patterns',
      'const [a = 1, ...more] = [undefined, 2, 3]; const [[b]] = [[4]]; const { c: [d] } = { c: [5] }; log(a, more, b, d);',
    ],
    [
      'patterns in loops',
      'for (const [a, [b]] of [[1, [2]]]) log(a, b); for (const { length } of ["ab"]) log(length); for (const [, b] of [[1, 2]]) log(b);',
    ],
    [
      'private members',
      'class A { #x = 1; #add(n) { this.#x += n; return this; } get #twice() { return 2 * this.#x; } static #made = 0; static make() { A.#made++; return new A().#add(4); } run() { return [this.#x, this.#twice, A.#made]; } } log(...A.make().run());',
    ],
    [
      'private members in `in` expressions',
      'class A { #x = 1; #y = 2; static is(v) { return #x in v; } sum() { return this.#x + this.#y; } } log(A.is(new A()), A.is({}), new A().sum());',
    ],
    [
      'private members that are listed',
      'class A { #pair = [1, 2]; #all = new Set([1, 2]); sum() { const [a, b] = this.#pair; let sum = a + b; for (const x of this.#all) sum += x; return sum; } } log(new A().sum());',
    ],
    [
      'private members of the same name',
      'class A { #x = "a"; a() { return this.#x; } } class B extends A { #x = "b"; b() { class C { #y = 1; c(one) { return [one.#x, this.#y]; } } return new C().c(this); } } log(new B().a(), ...new B().b());',
    ],
  ])('behaves the same: %s', (_, code) => {
    expect(both(code).length).toBeGreaterThan(0);
  });

  it('reads arrays by index', () => {
    const code = plainCode('for (const [a] of all) f(a);');
    expect(code).not.toContain('const [a]');
    expect(code).toContain('$all0[$i0]');
  });

  it('throws what iterating something else throws', () => {
    for (const code of [
      'for (const x of 5) log(x);',
      'const [a] = undefined; log(a);',
      'for (const [a] of [null]) log(a);',
    ])
      expect(() => new Function('log', plainCode(code))()).toThrow(TypeError);
  });

  it('refuses names of its own', () => {
    expect(() => plainCode('const $all0 = 1; for (const x of y) log(x);')).toThrow(/\$all0/);
  });

  it('refuses a program that would behave differently', () => {
    expect(() => plainCode('function* g() { try { yield 1; } finally { log(1); } }')).toThrow(RangeError);
    expect(plainCode('async function f() { for await (const x of y) log(x); }')).toContain(
      'for await (const x of y)',
    );
  });
});
