/**
 * Names of the functions and classes that make unique keys, each name after its package. A unique key is equal only to
 * itself: a token of a dependency-injection container (`new InjectionToken('name')`), or a context of UI components
 * (`createContext()`).
 */
export const uniqueKeys: ReadonlySet<string> = new Set([
  '@angular/core.InjectionToken',
  'typedi.Token',
  'react.createContext',
  'react.default.createContext',
  'preact.createContext',
]);
