import type { ImportContext, ResolveImport } from '../languages/import-context.ts';
import { hosts } from '../languages/language-id.ts';
import { languages } from '../languages/registry.ts';

/** The modules of published packages that their users import. */
export function publicModules(context: ImportContext, resolve: ResolveImport): readonly number[] {
  return hosts.flatMap((host) => languages[host].publicModules(context, resolve));
}
