const parsing: ReadonlySet<string> = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'validate',
  'validateSync',
  'validateAsync',
]);

/**
 * Whether a method of a schema checks its argument and returns the valid data, judging by the method's name, such as
 * `parse`.
 */
export function isParsing(method: string): boolean {
  return parsing.has(method);
}
