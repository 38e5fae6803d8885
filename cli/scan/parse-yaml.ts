import { createRequire } from 'node:module';

/** Parses a YAML text. The parser is slow to load and seldom needed, so the first call loads it. */
export function parseYaml(text: string): unknown {
  parser ??= createRequire(import.meta.url)('yaml') as NonNullable<typeof parser>;
  return parser.parse(text);
}

let parser: { parse(text: string): unknown } | undefined;
