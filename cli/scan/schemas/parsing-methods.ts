const parsing: ReadonlySet<string> = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'validate',
  'validateSync',
  'validateAsync',
]);

/** Whether a schema's method, such as `parse`, returns the part of its argument that the schema admits. */
export function isParsing(method: string): boolean {
  return parsing.has(method);
}
