import { createRequire } from 'node:module';

/** The value of a YAML text. The parser is loaded with the first such text: it has many files, and most scans need none. */
export function parseYaml(text: string): unknown {
  parser ??= createRequire(import.meta.url)('yaml') as NonNullable<typeof parser>;
  return parser.parse(text);
}

let parser: { parse(text: string): unknown } | undefined;
