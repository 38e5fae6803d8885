const parsing: ReadonlySet<string> = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'validate',
  'validateSync',
  'validateAsync',
]);

/** Whether a method of a schema gives what it lets through of its argument. */
export function isParsing(method: string): boolean {
  return parsing.has(method);
}
