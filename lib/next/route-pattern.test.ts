import { describe, expect, it } from 'vitest';
import { routePattern } from './route-pattern.ts';

describe('routePattern', () => {
  it.each([
    ['/users/17', { id: '17' }, '/users/:id'],
    ['/users', {}, '/users'],
    ['/', undefined, '/'],
    ['/a/1/b/2', { one: '1', two: '2' }, '/a/:one/b/:two'],
    ['/a/1/b/1', { one: '1', two: '1' }, '/a/:one/b/:two'],
    ['/files/x/y', { path: ['x', 'y'] }, '/files/*path'],
    ['/files', { path: undefined }, '/files'],
    ['/tags/caf%C3%A9', { tag: 'caf\u00e9' }, '/tags/:tag'],
    ['/tags/%', { tag: '%' }, '/tags/:tag'],
    ['/users/users', { id: 'users' }, '/users/:id'],
  ])('%s with %j is %s', (path, params, pattern) => {
    expect(routePattern(path, params)).toBe(pattern);
  });
});
