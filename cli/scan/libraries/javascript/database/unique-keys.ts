/**
 * Names of functions, each after its package, whose result is a key that equals only itself: a container's token, a context
 * of components.
 */
export const uniqueKeys: ReadonlySet<string> = new Set([
  '@angular/core.InjectionToken',
  'typedi.Token',
  'react.createContext',
  'react.default.createContext',
  'preact.createContext',
]);
