import type { Site } from '../code-view.ts';
import type { Module } from '../ir/ir.ts';
import { languageOf } from '../languages/registry.ts';
import { isTestPath } from '../project/path-purpose.ts';
import { placeOf } from '../report/findings.ts';
import type { SiteSearch, SiteState } from './site-search.ts';

/**
 * Finds the template files that insert values into markup. The state of a file says whether its template engine escapes
 * values by default. Places that insert a value unescaped are separate sites: see `templateSites`.
 */
export function templateFiles({ frames, textOf }: SiteSearch): Site[] {
  const { modules } = frames.linked.program;
  const isByName = modules.some(({ functions }) =>
    functions.some(({ code }) =>
      code.some(
        (inst) =>
          inst.op === 'import' && /^(flask|quart|jinja2|starlette|fastapi)(\.|$)/.test(inst.specifier),
      ),
    ),
  );
  return modules.flatMap((module): Site[] => {
    const text = textOf(module.path);
    if (!languageOf(module).isTemplate || isTestPath(module.path) || text === undefined) return [];
    const state = stateOf(module, text, isByName);
    if (!state) return [];
    const name = module.path.slice(module.path.lastIndexOf('/') + 1);
    return [{ kind: 'template', place: placeOf(module, 0, 0), call: name, ...state }];
  });
}

/** Undefined for a page that writes no values, and for a file that is no page. */
function stateOf({ path }: Module, text: string, isByName: boolean): SiteState | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (
    /\.(prisma|vue|svelte)$/.test(name) ||
    /\.(txt|text|md|json|ya?ml|conf|cfg|ini|toml|sql|sh|env|service|xml)\.(j2|jinja2?|njk|ejs|hbs)$/.test(
      name,
    )
  )
    return undefined;
  if (!/\{\{|<%|\{%/.test(text) && !name.endsWith('.pug')) return undefined;
  if (/\.(j2|jinja2?)$/.test(name) && isByName)
    return {
      state: 'unresolved',
      because: 'Flask and Jinja escape only templates with names such as page.html',
    };
  return { state: 'bound', because: 'the engine escapes what it writes by default' };
}
