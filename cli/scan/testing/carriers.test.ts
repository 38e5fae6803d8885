import { expect, it } from 'vitest';
import { carriedCases } from './carriers.ts';

const family = `=== the query by {number}, {words} | bad | command/injection
--- app.py
import os
{imports}
{above}
def view():
    {carrier}
    os.system(y) #! command/injection
=== a word by {number}, {words} | good | command/injection
--- app.py
{carrier}
=== 0
y = x
=== 7
import json
from m import n
def f(v): return v
---
if x:
    y = f('$&')
`;

it('fills each template with each carrier', () => {
  const cases = carriedCases(family);
  expect(cases.map(({ line }) => line)).toEqual([12, 12, 14, 14]);
  expect(cases.map(({ text }) => text.split('\n')[0])).toEqual([
    '=== the query by 0, y x | bad | command/injection',
    '=== a word by 0, y x | good | command/injection',
    '=== the query by 7, if x y f | bad | command/injection',
    '=== a word by 7, if x y f | good | command/injection',
  ]);
});

it('puts imports and what stands above a line in their places, and indents the rest', () => {
  expect(carriedCases(family)[2]?.text).toBe(
    `=== the query by 7, if x y f | bad | command/injection
--- app.py
import os
import json
from m import n
def f(v): return v
def view():
    if x:
        y = f('$&')
    os.system(y) #! command/injection`,
  );
});

it('shortens the words of a title', () => {
  const words = 'a '.repeat(50);
  expect(carriedCases(`=== {words} | good | a/b\n=== 1\n${words}`)[0]?.text).toHaveLength(
    '===  | good | a/b'.length + 60,
  );
});
