import { createRequire } from 'node:module';

/** What a text in YAML says. Its parser is loaded with the first such text: it is in many files, and most scans meet none. */
export function parseYaml(text: string): unknown {
  parser ??= createRequire(import.meta.url)('yaml') as NonNullable<typeof parser>;
  return parser.parse(text);
}

let parser: { parse(text: string): unknown } | undefined;
