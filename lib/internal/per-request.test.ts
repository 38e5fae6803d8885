import { expect, it } from 'vitest';
import { PerRequest } from './per-request.ts';

it.each([
  ['an object', {}],
  ['a web Request', new Request('https://shop.example.com/')],
  ['a frozen object', Object.freeze({})],
])('keeps a value for %s, and for no other object', (_name, request) => {
  const one = new PerRequest<string>();
  const other = new PerRequest<string>();
  one.set(request, 'a');
  one.set(request, 'b');
  expect([one.get(request), other.get(request)]).toEqual(['b', undefined]);
  expect(one.get(Object.create(request) as object)).toBeUndefined();
  const copy: object = { ...request };
  expect([one.get({}), one.get(copy)]).toEqual([undefined, undefined]);
  one.set(copy, 'c');
  expect([one.get(request), one.get(copy)]).toEqual(['b', 'c']);
  one.delete(request);
  expect(one.get(request)).toBeUndefined();
});

it('shows nothing in what is listed or written as JSON', () => {
  const request = { url: '/' };
  new PerRequest<string>().set(request, 'secret');
  expect(JSON.stringify(request)).toBe('{"url":"/"}');
  expect(Object.keys(request)).toEqual(['url']);
});
