/** What modules of Node, and those that stand in for them, export and what needs no import as well. */
const globalExports: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['url', new Set(['URL', 'URLSearchParams'])],
  ['whatwg-url', new Set(['URL', 'URLSearchParams'])],
  ['buffer', new Set(['Buffer', 'Blob', 'atob', 'btoa'])],
  ['timers', new Set(['setTimeout', 'setInterval', 'setImmediate'])],
]);

/** The name without an import of what a module exports: it is one thing, whichever way code comes by it. */
export function globalExport(specifier: string, name: string): string | undefined {
  return globalExports.get(specifier.replace(/^node:/, ''))?.has(name) ? name : undefined;
}
