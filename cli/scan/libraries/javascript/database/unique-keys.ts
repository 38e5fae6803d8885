/**
 * Names of functions and classes, each after its package. Each call makes a new key, which is equal only to itself: a
 * token of a dependency-injection container (`new InjectionToken('name')`), or a context of UI components
 * (`createContext()`).
 */
export const uniqueKeys: ReadonlySet<string> = new Set([
  '@angular/core.InjectionToken',
  'typedi.Token',
  'react.createContext',
  'react.default.createContext',
  'preact.createContext',
]);
