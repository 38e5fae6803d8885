import { describe, expect, it } from 'vitest';
import { routeChanges } from './route-changes.ts';

const find = routeChanges(
  { '/map': {}, '/embed/*': {}, '/embed/inner/*': {}, '/caf\u00e9': {}, '/': {} },
  (route) => route,
);
const named = routeChanges(
  { '/a': { csp: false }, '/a/*': {}, '/a/b/*': { headers: {} }, '/a/b/c': { csp: {} } },
  (route) => JSON.stringify(route),
);

describe('routeChanges', () => {
  it.each(['/', '/map', '/map/', '/embed/x', '/embed/x/y', '/caf%C3%A9', '/%6Dap'])('finds %s', (path) => {
    expect(find(path)).toBeDefined();
  });

  it.each([
    '/maps',
    '/Map',
    '/map/x',
    '/embed',
    // For Next.js this is one segment, which another page may answer.
    '/embed%2fx',
    '/embed%2F..%2Fadmin',
    '/x/embed/y',
    '/%',
    '/embed%5Cx',
  ])('does not find %s', (path) => {
    expect(find(path)).toBeUndefined();
  });

  it('prefers the exact path, and then the longest', () => {
    expect(named('/a')).toBe('{"csp":false}');
    expect(named('/a/x')).toBe('{}');
    expect(named('/a/b/x')).toBe('{"headers":{}}');
    expect(named('/a/b/c')).toBe('{"csp":{}}');
  });
});
