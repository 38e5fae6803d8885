import { createHash, type Hash } from 'node:crypto';
import type { Module } from '../ir/ir.ts';
import type { Models } from '../models/model.ts';
import type { SourceFile } from '../project/project.ts';
import type { PartResult } from './scan-part.ts';
import type { Part } from './split-project.ts';

/**
 * Caches the results of scans. A part is a group of files that are analysed together. For each part, the cache holds the
 * result and the modules of the last scan. The result is only returned for the key that it was stored with. Each query
 * returns undefined if there is no entry.
 */
export interface PartCache {
  /**
   * @param name from `partName`
   * @param key from `partKey`
   */
  result(name: string, key: string): PartResult | undefined;
  files(name: string): ReadFiles | undefined;
  keep(name: string, scanned: ScannedPart): void;
  /** Called when all parts of a project were requested. */
  endScan(): void;
}

/** The parsed files of one part of the project. Parts are scanned apart from each other, such as the packages of a monorepo. */
export interface ReadFiles {
  /** The key of the part's result. */
  readonly key: string;
  /** Whether the text of a file is unchanged. */
  isOf(file: SourceFile): boolean;
  /** The modules of a file as last parsed, which may be outdated: see `isOf`. Undefined if there are none. */
  modules(path: string): readonly Module[] | undefined;
}

/** The result and the modules of a scanned part, to be cached. */
export interface ScannedPart {
  readonly key: string;
  readonly result: PartResult;
  readonly files: readonly SourceFile[];
  /** By path. Unchanged files that were not parsed again are in `before`. */
  readonly modules: ReadonlyMap<string, readonly Module[]>;
  readonly before: ReadFiles | undefined;
}

/** Names a part for the cache. The name depends on its paths, its configuration of imports and the models. */
export function partName({ files, config }: Part, models: readonly Models[]): string {
  const hash = createHash('sha256');
  add(hash, JSON.stringify(models));
  for (const [path, text] of config) for (const one of [path, text]) add(hash, one);
  add(hash, '');
  for (const { path } of files) add(hash, path);
  return hash.digest('hex');
}

/** Returns the cache key of a part's result. It depends on the part's name and on the texts of its files. */
export function partKey(name: string, { files }: Part): string {
  const hash = createHash('sha256');
  add(hash, name);
  for (const { text } of files) add(hash, text);
  return hash.digest('hex');
}

function add(hash: Hash, text: string): void {
  hash.update(`${Buffer.byteLength(text)} `);
  hash.update(text);
}
