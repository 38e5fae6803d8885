import { createHash } from 'node:crypto';
import type { Models } from '../model/model.ts';
import type { PartResult } from './scan-part.ts';
import type { Part } from './split-project.ts';

/** Keeps what was found in parts, by what was in them. */
export interface PartCache {
  get(key: string): PartResult | undefined;
  set(key: string, result: PartResult): void;
}

/** The same for the same files under the same paths, with the same configuration of imports and the same models. */
export function partKey({ files, config }: Part, models: readonly Models[]): string {
  const hash = createHash('sha256');
  const add = (text: string): void => {
    hash.update(`${Buffer.byteLength(text)} `);
    hash.update(text);
  };
  add(JSON.stringify(models));
  for (const [path, text] of config) for (const one of [path, text]) add(one);
  add('');
  for (const { path, text } of files) for (const one of [path, text]) add(one);
  return hash.digest('hex');
}
