import { expect, test } from 'vitest';
import { verifyIr } from '../../ir/verify-ir.ts';
import { createPythonReader } from './parse/python-reader.ts';
import { printed } from './testing/printed.ts';

const read = await createPythonReader();

/** Sources that must be read without a problem. */
const valid: readonly string[] = [
  'def f[T: int, *Ts](x: T) -> T: return x',
  'class A[T](B): pass',
  'type X[T] = list[T]',
  'try: f()\nexcept* (A, B) as e: g(e)',
  'try: f()\nexcept A, B: g()',
  'x = f"{f"{a}"} {\'b\'!r:>{w}} {c=}"',
  'x = t"{a}"',
  'match = 1\ntype = 2\ncase = match + type\nprint(case)',
  'match x:\n case {"a": [1, -2.5, *_], **rest} | A(b=C.D): pass\n case (1 + 2j) | (y as z): pass\n case _: pass',
  'async def f():\n async with a as b, c: pass\n async for x in y: await x\n return [z async for z in w]',
  'def f(a, /, b, *, c=1): pass',
  'f = lambda *a, b=1, **c: (a, b, c)',
  'if x:\n\ty = 1\n\tif y:\n\t\tz = 2\n',
  '\ufeffx = 1\r\nif x:\r\n    y = 2\r\n',
  'def f():\n    x = 1\n\f\n    return x\n',
  'x = a if b else c\ny: int\nz: int = 1\na.b: int = 2',
  'while (n := f()) > 1: pass\nelse: g()',
  'for i, *j in x: del i, j[0]',
  'x = 1; y = 2;\nassert x, y\nraise A from B',
  'x = y = z = 0\nx += 1; y @= z; z //= 2',
  'a[1:2, ::3] = b[...]\nprint(*a, **b, sep="")',
  'global_ = {**a, "b": 1}; c = {*a, 1}',
  'with (open(a) as b, open(c) as d,): pass',
  '@a.b[0](c)\nclass D: "doc"',
  'x = (yield)\n',
  'print "a", b\nexec "c"',
  'x = 0xFFl + 1_000j + .5e-3',
  '',
];

test.each(valid)('reads %j', (source) => {
  const module = read('a.py', source);
  expect(module.problems).toEqual([]);
  expect(verifyIr(module)).toEqual([]);
});

test('what is broken is a problem, and the rest is read', () => {
  const source = 'def f(a):\n    x = [1,\n    return a\n\ndef h(b):\n    return g(b)\ny = = 1\nz = h(1)\n';
  const module = read('a.py', source);
  expect(module.problems.length).toBeGreaterThan(0);
  expect(module.functions.map((func) => func.name)).toContain('h');
  expect(verifyIr(module)).toEqual([]);
  const [first] = read('a.py', 'a = 1\nb = )\nc = 2\n').problems;
  expect(first).toEqual({ at: 10, message: 'syntax error' });
  expect(read('a.py', 'a = 1\nb = )\nc = 2\n').exports.map((it) => ('name' in it ? it.name : ''))).toContain(
    'c',
  );
});

test('offsets are those of the text, in UTF-16 units', () => {
  const source = 'x = "\u{1f600}\u00e9" + a.b(c)\n';
  const [main] = read('a.py', source).functions;
  const call = main?.code.find((inst) => inst.op === 'call');
  expect(source.slice(call?.at, call?.end)).toBe('a.b(c)');
  const member = main?.code.find((inst) => inst.op === 'member');
  expect(source.slice(member?.at, member?.end)).toBe('a.b');
});

test('the same file gives the same module', () => {
  const source = valid.slice(7, 16).join('\n');
  expect(JSON.stringify(read('a.py', source))).toBe(JSON.stringify(read('a.py', source)));
});

test('code that nothing reaches is left out', () => {
  expect(printed('def f():\n return 1\n g()', 'f')).not.toContain('global g');
});
