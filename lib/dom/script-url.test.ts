import { describe, expect, it } from 'vitest';
import { allowedScriptUrl, parseScriptUrls } from './script-url.ts';

const base = 'https://app.example/page';
const list = parseScriptUrls(['/assets/', '/one.js', 'https://cdn.example/lib/'], base);

describe('URLs of scripts', () => {
  it.each([
    ['/assets/a.js', 'https://app.example/assets/a.js'],
    ['assets/a.js?v=1', 'https://app.example/assets/a.js?v=1'],
    ['/one.js', 'https://app.example/one.js'],
    ['//cdn.example/lib/x.js', 'https://cdn.example/lib/x.js'],
    ['https://cdn.example/lib/a/../x.js', 'https://cdn.example/lib/x.js'],
  ])('%s is on the list', (url, whole) => {
    expect(allowedScriptUrl(url, list, base)).toBe(whole);
  });

  it.each([
    '/assets',
    '/assets/../evil.js',
    '/assets/%2e%2e/evil.js',
    '/assets/..%2fevil.js',
    '/assets/..\\evil.js',
    '/one.js?callback=alert',
    '/one.jsx',
    'https://cdn.example.evil.example/lib/x.js',
    'https://cdn.example@evil.example/lib/x.js',
    'https://evil@cdn.example/lib/x.js',
    'http://cdn.example/lib/x.js',
    'https://cdn.example:8443/lib/x.js',
    'https://cdn.example/lib',
    'data:text/javascript,alert(1)',
    'javascript:alert(1)',
    'blob:https://app.example/1',
    'https://',
    '',
  ])('%s is not', (url) => {
    expect(allowedScriptUrl(url, list, base)).toBeUndefined();
  });

  it.each([
    'assets/',
    '//cdn.example/',
    'https:',
    'https://cdn.example',
    'javascript:x',
    '',
    '*',
    '/\\x/',
    'https://*.a/',
    'https://u@a/',
    'https://a b/',
  ])('a list cannot name %j', (entry) => {
    expect(() => parseScriptUrls([entry], base)).toThrow(
      expect.objectContaining({ code: 'dom/invalid-option', name: 'Misuse', hint: expect.any(String) }),
    );
  });
});
