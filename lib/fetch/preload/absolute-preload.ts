import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The flags that load a module first, as one entry with `=` or as two. */
const loading = /^(?:--import|--require|-r)$/;
const inOne = /^(--import|--require)=(.*)$/s;

/**
 * The flags of a child, with an absolute preload in place of a name or a relative path: in another directory Node would
 * not find it. Flags that load other modules stay as they are.
 *
 * @param preload the module of this guard, as a file URL
 * @param directory the directory that relative paths belong to
 */
export function absoluteFlags(flags: readonly string[], preload: string, directory: string): string[] {
  return flags.map((flag, i) => {
    const [, option, module] = inOne.exec(flag) ?? [];
    if (option !== undefined)
      return isPreload(module, preload, directory) ? `${option}=${spelt(option, preload)}` : flag;
    const before = flags[i - 1];
    const follows = before !== undefined && loading.test(before) && isPreload(flag, preload, directory);
    return follows ? spelt(before, preload) : flag;
  });
}

/** The same for the text of `NODE_OPTIONS`, in which quotes hold words together. */
export function absoluteNodeOptions(text: string, preload: string, directory: string): string {
  return text.replace(
    /(?<!\S)(--import|--require|-r)(=|\s{1,20})("(?:[^"\\]|\\.)*"|[^\s"]+)(?!\S)/g,
    (found, option: string, sign: string, written: string) => {
      const module = written.startsWith('"') ? written.slice(1, -1).replace(/\\(.)/g, '$1') : written;
      return isPreload(module, preload, directory)
        ? `${option}${sign}${JSON.stringify(spelt(option, preload))}`
        : found;
    },
  );
}

/** `--require` takes a path, `--import` a URL. */
function spelt(option: string, preload: string): string {
  return option === '--import' ? preload : fileURLToPath(preload);
}

function isPreload(module: string | undefined, preload: string, directory: string): boolean {
  if (module === 'bulwark/fetch/preload') return true;
  if (module === undefined || !/^\.{0,2}[/\\]|^[A-Z]:\\/i.test(module)) return false;
  try {
    return realpathSync(resolve(directory, module)) === realpathSync(fileURLToPath(preload));
  } catch {
    return false;
  }
}
