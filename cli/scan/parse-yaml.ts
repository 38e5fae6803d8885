import { createRequire } from 'node:module';

/** Parses a YAML text. Loads the parser, which has many files, on the first call, because most scans don't need it. */
export function parseYaml(text: string): unknown {
  parser ??= createRequire(import.meta.url)('yaml') as NonNullable<typeof parser>;
  return parser.parse(text);
}

let parser: { parse(text: string): unknown } | undefined;
