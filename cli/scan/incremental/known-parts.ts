import type { Module } from '../ir/ir.ts';
import type { Models } from '../models/model.ts';
import type { ModuleReader } from '../read-modules.ts';
import { moveResult } from './move-result.ts';
import { type MovedCode, movedCode } from './moved-code.ts';
import { type PartCache, partKey, partName, type ReadFiles } from './part-cache.ts';
import { tooDeep } from './scan-bounded.ts';
import type { PartResult } from './scan-part.ts';
import type { Part } from './split-project.ts';

/** With more edited files than this, code has changed, not only comments. */
const mostEdited = 20;

/**
 * The result of a part (a group of files that are analysed together), from the results of earlier scans if possible. An
 * unchanged part is not scanned. If only comments and line breaks have changed, the findings of the last scan are moved to
 * their new positions. Otherwise the part is scanned, but only its changed files are parsed.
 * @param scan scans the part with the given reader
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
  // The capacity of the stack differs between machines.
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
