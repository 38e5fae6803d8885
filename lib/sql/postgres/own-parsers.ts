/**
 * postgres.js asks each parser of values whether it is one of lists, by a property that only those have: with
 * `Object.prototype.array` polluted (CWE-1321) every value would lose its first letter. Each is given one of its own.
 */
export function ownParsers(client: object): void {
  const { options } = client as { options?: { parsers?: Readonly<Record<string, unknown>> } };
  for (const parser of Object.values(options?.parsers ?? {})) {
    if (typeof parser !== 'function' || Object.hasOwn(parser, 'array')) continue;
    Object.defineProperty(parser, 'array', {
      __proto__: null,
      ...{ value: false, enumerable: false, writable: true, configurable: true },
    } as PropertyDescriptor);
  }
}
