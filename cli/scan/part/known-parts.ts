import type { Models } from '../model/model.ts';
import type { SourceFile } from '../project/project.ts';
import type { ModuleReader } from '../read-modules.ts';
import { moveResult } from './move-result.ts';
import { type MovedCode, movedCode } from './moved-code.ts';
import { type PartCache, partKey, partName } from './part-cache.ts';
import type { PartResult } from './scan-part.ts';
import type { Part } from './split-project.ts';

/** A part as it was scanned last. */
interface Scanned {
  readonly key: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly result: PartResult;
}

/** After an edit of more files than this their code is another. */
const mostEdited = 20;

/** A smaller part is scanned again as fast as its texts are read from the disk; a larger one would fill it. */
const leastTexts = 200_000;
const mostTexts = 50_000_000;

/**
 * What is known of parts from scans before: of those that are as they were, and of those in which only comments and lines
 * have changed.
 */
export class KnownParts {
  readonly #cache: PartCache | undefined;
  #last: ReadonlyMap<string, Scanned> = new Map();
  #now = new Map<string, Scanned>();

  constructor(cache: PartCache | undefined) {
    this.#cache = cache;
  }

  /** @param read is given the files that have changed, as they were and as they are */
  find(part: Part, models: readonly Models[], read: ModuleReader): PartResult | undefined {
    const name = partName(part, models);
    const key = partKey(name, part);
    const last = this.#last.get(name);
    const result = last?.key === key ? last.result : this.#cache?.get(key);
    if (result) {
      this.#now.set(name, { key, texts: textsOf(part), result });
      return result;
    }
    const moved = moveScanned(part, last ?? this.#scannedBefore(name), read);
    if (moved) this.keep(part, models, moved);
    return moved;
  }

  keep(part: Part, models: readonly Models[], result: PartResult): void {
    const name = partName(part, models);
    const key = partKey(name, part);
    const texts = textsOf(part);
    this.#now.set(name, { key, texts, result });
    this.#cache?.set(key, result);
    const size = part.files.reduce((sum, { text }) => sum + text.length, 0);
    if (size >= leastTexts && size <= mostTexts) this.#cache?.setTexts(name, { key, texts: [...texts] });
  }

  /** All parts of a project were asked for: others are forgotten. */
  endScan(): void {
    this.#last = this.#now;
    this.#now = new Map();
  }

  #scannedBefore(name: string): Scanned | undefined {
    const texts = this.#cache?.texts(name);
    const result = texts && this.#cache?.get(texts.key);
    return result && { key: texts.key, texts: new Map(texts.texts), result };
  }
}

function textsOf({ files }: Part): Map<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]));
}

function moveScanned(part: Part, before: Scanned | undefined, read: ModuleReader): PartResult | undefined {
  if (!before) return undefined;
  const edited = part.files.filter(({ path, text }) => before.texts.get(path) !== text);
  if (edited.length > mostEdited) return undefined;
  const moved = new Map<string, MovedCode>();
  for (const file of edited) {
    const text = before.texts.get(file.path);
    const code = text === undefined ? undefined : moveFile(file, text, read);
    if (!code) return undefined;
    moved.set(file.path, code);
  }
  return moveResult(before.result, moved);
}

function moveFile(file: SourceFile, text: string, read: ModuleReader): MovedCode | undefined {
  const [before, ...others] = read({ ...file, text });
  const [after] = read(file);
  return before && after && others.length === 0 ? movedCode(before, after) : undefined;
}
