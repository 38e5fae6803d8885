import { expect, test } from 'vitest';
import { analyse } from '../analyse.ts';
import type { Module } from '../ir/ir.ts';
import { readJavascript } from '../languages/javascript/parse/read-javascript.ts';
import { createPythonReader } from '../languages/python/parse/python-reader.ts';
import { redosArguments } from './redos-sinks.ts';

/** The source of what is matched against a slow expression, and how slow. */
function slowIn(module: Module, text: string): string[] {
  const found = new Map<number, string[]>();
  analyse([module], {
    inspect: (frame) => {
      found.set(
        frame.id,
        frame.func.code.flatMap((inst) =>
          inst.op === 'call'
            ? redosArguments(frame, inst).map(({ value, slowness }) => {
                const { at, end } = frame.inst(value);
                return `${text.slice(at, end)} ${slowness.kind}`;
              })
            : [],
        ),
      );
    },
  });
  return [...found.values()].flat();
}

const javascript = (text: string): string[] => slowIn(readJavascript('a.ts', text), text);

test('JavaScript: the text that is matched', () => {
  expect(javascript('export const f = (x) => /^(a+)+$/.test(x);')).toEqual(['x exponential']);
  expect(javascript("export const f = (x) => x.replace(/\\s+$/, '');")).toEqual(['x polynomial']);
  expect(javascript("const R = new RegExp('^(a+)+$'); export const f = (x) => R.test(x);")).toEqual([
    'x exponential',
  ]);
  expect(javascript('const R = /^(a+)+$/g; export const f = (x) => x.matchAll(R);')).toEqual([
    'x exponential',
  ]);
  expect(javascript("export const f = (x) => x.search('(a+)+$');")).toEqual(['x exponential']);
});

test('JavaScript: a text is no expression where it is taken as it is', () => {
  expect(javascript("export const f = (x) => x.replace('(a+)+$', '');")).toEqual([]);
  expect(javascript("export const f = (x) => x.split('(a+)+$');")).toEqual([]);
  expect(javascript('export const f = (x) => /^a+$/.test(x);')).toEqual([]);
});

test('Python: functions, compiled expressions, keywords and flags', async () => {
  const read = await createPythonReader();
  const python = (text: string): string[] => slowIn(read('a.py', text), text);
  expect(python("import re\ndef f(x):\n  return re.match(r'(a+)+$', x)\n")).toEqual(['x exponential']);
  expect(python("from re import sub as s\ndef f(x):\n  return s(r'\\s+$', '', x)\n")).toEqual([
    'x polynomial',
  ]);
  expect(
    python("import re\nR = re.compile(r'(a+)+$', re.I)\ndef f(x):\n  return R.sub('', string=x)\n"),
  ).toEqual(['x exponential']);
  expect(python("import re\ndef f(x):\n  return re.match(r'(a+ )+ $', x, re.VERBOSE)\n")).toEqual([
    'x exponential',
  ]);
  // `match` begins at one place only.
  expect(python("import re\ndef f(x):\n  return re.match(r'\\s+$', x)\n")).toEqual([]);
});
