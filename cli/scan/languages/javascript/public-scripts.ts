import type { ImportContext, ResolveImport } from '../import-context.ts';

/**
 * Returns the entry modules of the project's published packages, as module indices. The `package.json` of a package
 * declares its entry file.
 */
export function publicScripts({ paths, packages }: ImportContext, resolve: ResolveImport): readonly number[] {
  const found: number[] = [];
  const anyJavascript = paths.findIndex((path) => /\.[cm]?[jt]sx?$/.test(path));
  for (const [name, { isPublished }] of packages ?? []) {
    if (!isPublished || anyJavascript < 0) continue;
    const { module } = resolve(anyJavascript, name);
    if (module !== undefined) found.push(module);
  }
  return found;
}
