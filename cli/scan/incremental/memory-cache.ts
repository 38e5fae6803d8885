import type { Module } from '../ir/ir.ts';
import type { PartCache, ReadFiles, ScannedPart } from './part-cache.ts';
import type { PartResult } from './scan-part.ts';

interface Kept {
  readonly result: PartResult;
  readonly files: ReadFiles;
}

/** A cache in memory, for repeated scans of a changing project. Entries that the last scan did not use are dropped. */
export class MemoryCache implements PartCache {
  #last: ReadonlyMap<string, Kept> = new Map();
  #now = new Map<string, Kept>();

  result(name: string, key: string): PartResult | undefined {
    const kept = this.#find(name);
    return kept?.files.key === key ? kept.result : undefined;
  }

  files(name: string): ReadFiles | undefined {
    return this.#find(name)?.files;
  }

  keep(name: string, { key, result, files, modules, before }: ScannedPart): void {
    const texts = new Map<string, string>();
    const all = new Map<string, readonly Module[]>();
    for (const { path, text } of files) {
      texts.set(path, text);
      const some = modules.get(path) ?? before?.modules(path);
      if (some) all.set(path, some);
    }
    this.#now.set(name, {
      result,
      files: {
        key,
        isOf: ({ path, text }) => texts.get(path) === text,
        modules: (path) => all.get(path),
      },
    });
  }

  endScan(): void {
    this.#last = this.#now;
    this.#now = new Map();
  }

  #find(name: string): Kept | undefined {
    const kept = this.#now.get(name) ?? this.#last.get(name);
    if (kept) this.#now.set(name, kept);
    return kept;
  }
}
