/** Exports of Node's modules, and of their polyfills, that are also globals. */
const globalExports: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['url', new Set(['URL', 'URLSearchParams'])],
  ['whatwg-url', new Set(['URL', 'URLSearchParams'])],
  ['buffer', new Set(['Buffer', 'Blob', 'atob', 'btoa'])],
  ['timers', new Set(['setTimeout', 'setInterval', 'setImmediate'])],
]);

/**
 * Returns the global that is the same value as a module's export: specifier `url` and name `URL` -> `URL`. Undefined if no
 * global is. Both spellings are lowered alike.
 */
export function globalExport(specifier: string, name: string): string | undefined {
  return globalExports.get(specifier.replace(/^node:/, ''))?.has(name) ? name : undefined;
}
