import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readTarget } from './read-target.ts';

const targeting = (url: string): IncomingMessage => ({ method: 'GET', url, headers: {} }) as IncomingMessage;

describe('readTarget', () => {
  it.each([
    ['/', '/'],
    ['/a?b=%', '/a'],
    ['/a/../b', '/b'],
    ['/a/%2e%2e/b', '/b'],
    ['/a%2f..%2fb', '/a%2f..%2fb'],
    ['//evil.example/a', '//evil.example/a'],
    ['/a\\..\\b', '/b'],
    ['http://shop.example/a?b=1', '/a'],
  ])('%s asks for %s', (target, path) => {
    expect(readTarget(targeting(target))).toBe(path);
  });

  it.each(['*', '', '/%', '/%ff', '/a/%c0%af', 'shop.example:443'])('%j is no path', (target) => {
    expect(readTarget(targeting(target))).toBeUndefined();
  });

  it('turns an absolute URL into a path with its query', () => {
    const req = targeting('http://shop.example/a?b=1');
    readTarget(req);
    expect(req.url).toBe('/a?b=1');
  });
});
