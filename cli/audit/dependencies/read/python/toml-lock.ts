import { parse } from 'smol-toml';
import { lineCounter } from '../kit/key-lines.ts';
import { isMap, listAt, type Values } from '../kit/values.ts';

/** A TOML file with one `[[package]]` for each package. */
export interface TomlLock {
  readonly file: Values;
  readonly packages: readonly { readonly entry: Values; readonly line: number }[];
}

/** Undefined if it is not valid. */
export function parseTomlLock(text: string, key: 'package' | 'packages'): TomlLock | undefined {
  let file: Values;
  try {
    file = parse(text, { maxDepth: 60 });
  } catch {
    return undefined;
  }
  const entries = listAt(file, key).filter(isMap);
  const counter = lineCounter(text);
  const lines = [...text.matchAll(new RegExp(`^\\[\\[ ?${key} ?\\]\\]`, 'gm'))].map(({ index }) =>
    counter(index + 1),
  );
  // A text of several lines may hold what looks like a heading.
  const isSure = lines.length === entries.length;
  return {
    file,
    packages: entries.map((entry, index) => ({ entry, line: isSure ? (lines[index] ?? 1) : 1 })),
  };
}
