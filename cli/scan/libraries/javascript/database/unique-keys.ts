/** Functions that make a unique key: a token of a container, a context of components. */
export const uniqueKeys: ReadonlySet<string> = new Set([
  '@angular/core.InjectionToken',
  'typedi.Token',
  'react.createContext',
  'react.default.createContext',
  'preact.createContext',
]);
