import type { Module } from '../ir/ir.ts';
import type { Models } from '../models/model.ts';
import type { ModuleReader } from '../read-modules.ts';
import { moveResult } from './move-result.ts';
import { type MovedCode, movedCode } from './moved-code.ts';
import { type PartCache, partKey, partName, type ReadFiles } from './part-cache.ts';
import { tooDeep } from './scan-bounded.ts';
import type { PartResult } from './scan-part.ts';
import type { Part } from './split-project.ts';

/** After an edit of more files than this their code is another. */
const mostEdited = 20;

/**
 * What is found in a part, by what is known of scans before. One that is as it was is not scanned; of one in which only
 * comments and lines have changed the findings stand elsewhere; of any other those files are read that are not as they were.
 *
 * @param scan scans it by the reader that it is given
 */
export function resultOf(
  part: Part,
  models: readonly Models[],
  cache: PartCache,
  read: ModuleReader,
  scan: (read: ModuleReader) => PartResult,
): PartResult {
  const name = partName(part, models);
  const key = partKey(name, part);
  const known = cache.result(name, key);
  if (known) return known;
  const before = cache.files(name);
  const modules = new Map<string, readonly Module[]>();
  const readOnce: ModuleReader = (file) => {
    const known = modules.get(file.path) ?? (before?.isOf(file) ? before.modules(file.path) : undefined);
    const all = known ?? read(file);
    modules.set(file.path, all);
    return all;
  };
  const result = move(part, before && cache.result(name, before.key), before, readOnce) ?? scan(readOnce);
  // What the stack holds is not the same everywhere.
  if (result.notices.some(({ code }) => code === tooDeep)) return result;
  cache.keep(name, { key, result, files: part.files, modules, before });
  return result;
}

function move(
  { files }: Part,
  result: PartResult | undefined,
  before: ReadFiles | undefined,
  read: ModuleReader,
): PartResult | undefined {
  if (!before || !result) return undefined;
  const edited = files.filter((file) => !before.isOf(file));
  if (edited.length > mostEdited) return undefined;
  const moved = new Map<string, MovedCode>();
  for (const file of edited) {
    const [was, ...others] = before.modules(file.path) ?? [];
    const [is] = read(file);
    const code = was && is && others.length === 0 ? movedCode(was, is) : undefined;
    if (!code) return undefined;
    moved.set(file.path, code);
  }
  return moveResult(result, moved);
}
