import type { Module } from './ir/ir.ts';
import { link } from './link/link.ts';
import type { Linked } from './link/linked.ts';
import { createProgram } from './link/program.ts';
import { type Api, compileModels } from './model/api.ts';
import { javascriptModels } from './model/data/javascript/javascript-models.ts';
import { pythonModels } from './model/data/python/python-models.ts';
import { templatesOfJavascript, templatesOfPython } from './model/data/template/template-models.ts';
import type { Models } from './model/model.ts';
import { createResolver, type ImportContext } from './project/resolve-import.ts';
import { Engine, type Hit } from './taint/engine.ts';
import type { Frame } from './taint/frame.ts';

export interface Analysis {
  readonly linked: Linked;
  readonly hits: readonly Hit[];
  /** Names of functions where a bound was reached. */
  readonly cuts: readonly string[];
}

export interface AnalyseOptions {
  /** Models of the user, beside the ones that come with the scanner. */
  readonly models?: readonly Models[];
  readonly imports?: Omit<ImportContext, 'paths'>;
  /** Called for each function when what is known of its values is known. */
  readonly inspect?: (frame: Frame) => void;
}

let known: { readonly javascript: Api; readonly python: Api } | undefined;

function apis(extra: readonly Models[]): { readonly javascript: Api; readonly python: Api } {
  if (extra.length === 0 && known) return known;
  const made = {
    javascript: compileModels([
      ...javascriptModels,
      templatesOfJavascript,
      ...extra.filter((one) => one.language === 'javascript'),
    ]),
    python: compileModels([
      ...pythonModels,
      templatesOfPython,
      ...extra.filter((one) => one.language === 'python'),
    ]),
  };
  if (extra.length === 0) known = made;
  return made;
}

/** Links the modules of a project and follows the data through them. */
export function analyse(modules: readonly Module[], options: AnalyseOptions = {}): Analysis {
  const api = apis(options.models ?? []);
  const resolve = createResolver({ ...options.imports, paths: modules.map((module) => module.path) });
  const linked = link(createProgram(modules), (language) => api[language], resolve);
  const engine = new Engine(linked, (language) => api[language], options.inspect);
  const hits = engine.run();
  const cuts = [...engine.cuts].map((func) => linked.program.functions[func]?.func.name ?? '');
  return { linked, hits, cuts };
}
