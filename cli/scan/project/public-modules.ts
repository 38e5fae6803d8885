import type { ImportContext, ResolveImport } from '../languages/import-context.ts';
import { hosts } from '../languages/language-id.ts';
import { languages } from '../languages/registry.ts';

/** The indices of the modules that users of the project's published packages can import. */
export function publicModules(context: ImportContext, resolve: ResolveImport): readonly number[] {
  return hosts.flatMap((host) => languages[host].publicModules(context, resolve));
}
