const parsing: ReadonlySet<string> = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'validate',
  'validateSync',
  'validateAsync',
]);

/** Whether a schema's method returns the admitted part of its argument. */
export function isParsing(method: string): boolean {
  return parsing.has(method);
}
