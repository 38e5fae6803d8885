import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The license of a package that is bundled: its own file, or one of `checks/build/licenses` for a package that ships none. */
export function licenseFile(folder: string): string {
  const own = readdirSync(folder).find((name) => /^licen[cs]e(\.(md|txt))?$/i.test(name));
  if (own !== undefined) return join(folder, own);
  return join(import.meta.dirname, 'licenses', `${basename(folder)}.LICENSE`);
}
