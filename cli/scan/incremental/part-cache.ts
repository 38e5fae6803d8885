import { createHash, type Hash } from 'node:crypto';
import type { Module } from '../ir/ir.ts';
import type { Models } from '../models/model.ts';
import type { SourceFile } from '../project/project.ts';
import type { PartResult } from './scan-part.ts';
import type { Part } from './split-project.ts';

/** Keeps what was found in parts, by what was in them, and what was read of each part when it was scanned last. */
export interface PartCache {
  /**
   * @param name as `partName` gives it
   * @param key as `partKey` gives it
   */
  result(name: string, key: string): PartResult | undefined;
  files(name: string): ReadFiles | undefined;
  keep(name: string, scanned: ScannedPart): void;
  /** All parts of a project were asked for. */
  endScan(): void;
}

/** What was read of the files of a part. */
export interface ReadFiles {
  /** Of the result that was found in them. */
  readonly key: string;
  /** Whether the text of a file is the one that was read. */
  isOf(file: SourceFile): boolean;
  /** Of a file as it was, by its path. */
  modules(path: string): readonly Module[] | undefined;
}

/** What there is to keep of a part. */
export interface ScannedPart {
  readonly key: string;
  readonly result: PartResult;
  readonly files: readonly SourceFile[];
  /** By path; nothing of files that did not have to be read, as they are as they were `before`. */
  readonly modules: ReadonlyMap<string, readonly Module[]>;
  readonly before: ReadFiles | undefined;
}

/** The same for files under the same paths, with the same configuration of imports and the same models. */
export function partName({ files, config }: Part, models: readonly Models[]): string {
  const hash = createHash('sha256');
  add(hash, JSON.stringify(models));
  for (const [path, text] of config) for (const one of [path, text]) add(hash, one);
  add(hash, '');
  for (const { path } of files) add(hash, path);
  return hash.digest('hex');
}

/** The same where their texts are the same besides. */
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
