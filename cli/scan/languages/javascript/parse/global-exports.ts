/** Exports of Node's modules, and of their polyfills, that are also globals. */
const globalExports: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['url', new Set(['URL', 'URLSearchParams'])],
  ['whatwg-url', new Set(['URL', 'URLSearchParams'])],
  ['buffer', new Set(['Buffer', 'Blob', 'atob', 'btoa'])],
  ['timers', new Set(['setTimeout', 'setInterval', 'setImmediate'])],
]);

/**
 * Returns the global that a module's export is equal to: `URL` of the module `url` -> the global `URL`. Undefined if the
 * export is no global.
 */
export function globalExport(specifier: string, name: string): string | undefined {
  return globalExports.get(specifier.replace(/^node:/, ''))?.has(name) ? name : undefined;
}
