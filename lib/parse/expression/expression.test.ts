import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapes } from '../../../checks/parse/expression-escapes.ts';
import { order, rules } from '../../../checks/parse/expression-rules.ts';
import { configureEvents } from '../../event/index.ts';
import { expression, ruleFunctions } from './index.ts';

configureEvents({ sinks: [] });

const withFunctions = { functions: ruleFunctions };
const code = (name: string) => expect.objectContaining({ name: 'Refusal', code: name });

describe('a rule that a user wrote', () => {
  it.each(rules)('%s', (text, result) => {
    expect(expression(text, withFunctions).evaluate(order)).toEqual(result);
  });

  it('is compiled once and evaluated often', () => {
    const rule = expression('price * count');
    expect([1, 2, 3].map((count) => rule.evaluate({ price: 2, count }))).toEqual([2, 4, 6]);
  });

  it('may be a chain of a thousand conditions', () => {
    const text = Array.from({ length: 1_000 }, (_, n) => `a==${n}`).join('||');
    expect(expression(text, { maxLength: 20_000 }).evaluate({ a: 999 })).toBe(true);
  });
});

describe('an escape', () => {
  const ran: string[] = [];
  const f = () => ran.push('f');
  class Base {
    get inherited() {
      return ran.push('inherited');
    }
  }
  const getter = Object.defineProperty({}, 'value', { enumerable: true, get: () => ran.push('getter') });
  const data = Object.assign(Object.create({ inherited: 1 }), {
    ...{
      x: { a: 1, f, method: f },
      f,
      list: [1, 2],
      getter,
      date: new Date(0),
      map: new Map(),
      symbol: Symbol('a'),
    },
    proxy: new Base(),
  });
  Object.defineProperty(data, 'withGetter', { enumerable: true, get: () => ran.push('getter') });

  it.each(escapes)('is refused: $text ($name)', ({ text }) => {
    expect(() => expression(text, withFunctions).evaluate(data)).toThrow(
      expect.objectContaining({
        name: 'Refusal',
        code: expect.stringMatching(/^parse\/(?:invalid-expression|expression-failed)$/),
      }),
    );
    expect(ran).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('finds nothing on a prototype', () => {
    const texts = ['date.getTime', "map['size']", 'x.isPrototype', 'proxy.inherited'];
    expect(texts.map((text) => expression(text).evaluate(data))).toEqual([null, null, null, null]);
  });
});

describe('what a refusal says', () => {
  it.each([
    ['a = 1', 'parse/invalid-expression', { reason: 'an assignment', at: 2 }],
    [
      'x.map(1)',
      'parse/invalid-expression',
      { reason: 'only a listed function can be called, by its name', at: 5 },
    ],
    ['this', 'parse/invalid-expression', { reason: '`this` is not supported', at: 0 }],
    ['1 + nope', 'parse/expression-failed', { reason: 'an unknown name', at: 4 }],
    ["'a' * 2", 'parse/expression-failed', { reason: '* takes two numbers', at: 4 }],
    ['1 / 0', 'parse/expression-failed', { reason: 'the result of / is not a number', at: 2 }],
    ['null < 1', 'parse/expression-failed', { reason: '< takes two numbers or two strings', at: 5 }],
    ['null.a', 'parse/expression-failed', { reason: 'a property of null', at: 5 }],
    ["abs('a')", 'parse/expression-failed', { reason: 'abs threw an error', at: 0 }],
  ])('%s', (text, name, detail) => {
    expect(() => expression(text, withFunctions).evaluate({})).toThrow(
      expect.objectContaining({ code: name, detail }),
    );
  });

  it('names the limit', () => {
    const nested = (depth: number) => '('.repeat(depth) + 1 + ')'.repeat(depth);
    expect(expression(nested(49)).evaluate({})).toBe(1);
    expect(() => expression(nested(50))).toThrow(code('parse/expression-too-costly'));
    expect(() => expression('!'.repeat(5_000))).toThrow(code('parse/expression-too-costly'));
    expect(() => expression('['.repeat(9_999))).toThrow(code('parse/expression-too-costly'));
    expect(() => expression(`a${' '.repeat(10_000)}`)).toThrow(
      expect.objectContaining({ detail: { limit: 'maxLength', most: 10_000 } }),
    );
    expect(expression('0 in a', { maxSteps: 1_004 }).evaluate({ a: new Array(1_000).fill(1) })).toBe(false);
    for (const length of [1_000, 2 ** 32 - 1]) {
      expect(() => expression('0 in a', { maxSteps: 1_000 }).evaluate({ a: new Array(length) })).toThrow(
        expect.objectContaining({ detail: { limit: 'maxSteps', most: 1_000 } }),
      );
    }
  });

  it('counts what functions are given to look at', () => {
    const data = { list: Array.from({ length: 2_000 }, () => 1), text: 'a'.repeat(64_000) };
    for (const one of ['sum(list)', 'lower(text)']) {
      const functions = ruleFunctions;
      expect(() => expression(one, { functions }).evaluate(data)).not.toThrow();
      const many = expression(`[${Array.from({ length: 120 }, () => one).join(', ')}]`, { functions });
      expect(() => many.evaluate(data)).toThrow(code('parse/expression-too-costly'));
    }
  });

  it('comes before a string grows too long', () => {
    const a = 'a'.repeat(1_000);
    const doubled = expression(`${'a+'.repeat(99)}a`);
    expect(doubled.evaluate({ a })).toHaveLength(100_000);
    expect(() => doubled.evaluate({ a: `${a}b` })).toThrow(code('parse/expression-too-costly'));
    expect(() => expression('a').evaluate({ a: a.repeat(101) })).not.toThrow();
    expect(() => expression('b(a)', { functions: { b: () => a.repeat(101) } }).evaluate({ a })).toThrow(
      code('parse/expression-too-costly'),
    );
  });
});

describe('a listed function', () => {
  it.each([
    ['a function', () => () => 1],
    ['a promise', async () => 1],
    ['a promise that fails, and would end the process', () => Promise.reject(new Error('later'))],
    ['a symbol', () => Symbol('a')],
    ['an object of a class', () => new Date()],
    ['a Map', () => new Map()],
    ['a function in a list', () => [[Math.max]]],
    [
      'a getter',
      () => ({
        get a() {
          return 1;
        },
      }),
    ],
    [
      'something endless',
      () => {
        const a: unknown[] = [];
        a.push(a);
        return a;
      },
    ],
  ])('must not return %s', (_, f) => {
    expect(() => expression('f()', { functions: { f } }).evaluate({})).toThrow(
      code('parse/expression-failed'),
    );
  });

  it('gets no this, and its result is copied', () => {
    const kept = { list: [1] };
    const functions = {
      self(this: unknown) {
        return this === undefined;
      },
      kept: () => kept,
    };
    expect(expression('self()', { functions }).evaluate({})).toBe(true);
    const result = expression('kept()', { functions }).evaluate({});
    expect(result).toEqual(kept);
    expect((result as typeof kept).list).not.toBe(kept.list);
  });

  it('is an own property of the record', () => {
    const inherited = Object.create({ f: () => 1 });
    expect(() => expression('f()', { functions: inherited })).toThrow(code('parse/invalid-expression'));
    expect(() => expression('toString()', { functions: {} })).toThrow(code('parse/invalid-expression'));
  });

  it('keeps the error of the function as the cause', () => {
    const cause = new RangeError('no');
    const functions = {
      f: () => {
        throw cause;
      },
    };
    expect(() => expression('f()', { functions }).evaluate({})).toThrow(expect.objectContaining({ cause }));
  });
});

describe('a mistake', () => {
  it.each([
    ...[
      { functions: [] },
      { functions: { f: 1 } },
      { functions: { 'a b': () => 1 } },
      { functions: { eval } },
    ],
    ...[
      { functions: { F: Function } },
      { maxDepth: 0 },
      { maxDepth: 201 },
      { maxSteps: 1.5 },
      { maxStep: 1 },
      null,
    ],
  ])('in the options is a Misuse: %j', (options) => {
    expect(() => expression('1', options as never)).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' }),
    );
  });

  it('in the data is a Misuse', () => {
    for (const data of [null, undefined, 1, 'a']) {
      expect(() => expression('1').evaluate(data as never)).toThrow(
        expect.objectContaining({ name: 'Misuse' }),
      );
    }
  });
});

describe('any text', () => {
  const words = [
    'a',
    'x',
    '.',
    '?.',
    '[',
    ']',
    '(',
    ')',
    "'constructor'",
    '__proto__',
    '+',
    '&&',
    'in',
    '?',
    ':',
    '!',
    'max',
    ',',
    '1',
  ];

  it('leads to plain data or a refusal, and runs nothing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(text, (written) => {
        let result: unknown;
        try {
          result = expression(written, withFunctions).evaluate({ a: [1], x: { a: 'b' } });
        } catch (error) {
          expect(error).toMatchObject({ name: 'Refusal' });
          return;
        }
        expect(result).toEqual(JSON.parse(JSON.stringify(result)));
      }),
      { numRuns: 3_000 },
    );
  });

  it('of arithmetic has the same result as in JavaScript', () => {
    const operator = fc.constantFrom('+', '-', '*', '/', '%', '<', '<=', '>', '>=', '===', '!==', '&&', '||');
    const tree = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.nat(9).map(String),
        fc.tuple(tie('node'), operator, tie('node')).map(([one, sign, two]) => `${one} ${sign} ${two}`),
        fc
          .tuple(tie('node'), tie('node'), tie('node'))
          .map(([one, two, three]) => `(${one} ? ${two} : ${three})`),
        tie('node').map((one) => `!(${one})`),
      ),
    })).node;
    let compared = 0;
    fc.assert(
      fc.property(tree, (text) => {
        let result: unknown;
        try {
          result = expression(text).evaluate({});
        } catch (error) {
          expect(error).toMatchObject({ code: 'parse/expression-failed' });
          return;
        }
        compared++;
        expect(result).toEqual(new Function(`return ${text}`)());
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});
