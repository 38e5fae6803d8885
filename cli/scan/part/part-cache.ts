import { createHash, type Hash } from 'node:crypto';
import type { Models } from '../model/model.ts';
import type { PartResult } from './scan-part.ts';
import type { Part } from './split-project.ts';

/** Keeps what was found in parts, by what was in them, and the texts of each part as it was scanned last. */
export interface PartCache {
  get(key: string): PartResult | undefined;
  set(key: string, result: PartResult): void;
  /** @param name as `partName` gives it */
  texts(name: string): PartTexts | undefined;
  setTexts(name: string, texts: PartTexts): void;
}

export interface PartTexts {
  /** Of the result that was found in them. */
  readonly key: string;
  readonly texts: readonly (readonly [path: string, text: string])[];
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
