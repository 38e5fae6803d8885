import { flowInto } from './calls.ts';
import type { Linker } from './linker.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const script = '\\.[cm]?[jt]sx?$';

/** What a framework calls by the name of its file: which files, which of their exports, and as what of the models. */
export const fileConventions: readonly (readonly [
  files: RegExp,
  exports: readonly string[],
  type: string,
])[] = [
  [new RegExp(`(?:^|/)app/(?:.*/)?(?:page|layout)${script}`), ['default', 'generateMetadata'], 'next.Page'],
  [new RegExp(`(?:^|/)app/(?:.*/)?route${script}`), methods, 'next.RouteHandler'],
  [new RegExp(`(?:^|/)pages/api/.*${script}`), ['default'], 'next.ApiHandler'],
  [new RegExp(`(?:^|/)pages/.*${script}`), ['getServerSideProps'], 'next.PropsGetter'],
  [new RegExp(`(?:^|/)(?:src/)?middleware${script}`), ['default', 'middleware'], 'next.RouteHandler'],
  [new RegExp(`(?:^|/)\\+server${script}`), [...methods, 'fallback'], 'svelte.Handler'],
  [new RegExp(`(?:^|/)\\+(?:page|layout)\\.server${script}`), ['load'], 'svelte.Handler'],
  [new RegExp(`(?:^|/)\\+page\\.server${script}`), ['actions'], 'svelte.Actions'],
  [new RegExp(`(?:^|/)app/(?:root|routes/.*)${script}`), ['loader', 'action'], 'remix.Handler'],
  [new RegExp(`(?:^|/)src/pages/.*${script}`), [...methods, 'ALL'], 'astro.Endpoint'],
];

/** Hands the exports of a module to the framework that finds them by the module's path. */
export function linkFileConventions(linker: Linker): void {
  linker.program.modules.forEach((module, index) => {
    if (module.language !== 'javascript' || module.path.length > 500) return;
    const { packages } = linker.apiOf(index);
    for (const [files, exports, type] of fileConventions) {
      if (!files.test(module.path)) continue;
      for (const name of exports) {
        for (const state of packages.get(type) ?? [])
          flowInto(linker, index, linker.export(index, name), state, 0);
      }
    }
  });
}
