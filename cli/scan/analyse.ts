import { link } from './callgraph/link.ts';
import type { Linked } from './callgraph/linked.ts';
import { createProgram } from './callgraph/program.ts';
import { type Hit, ProgramAnalysis } from './dataflow/program/program-analysis.ts';
import type { FunctionView } from './dataflow/view/function-view.ts';
import type { Module } from './ir/ir.ts';
import type { ImportContext } from './languages/import-context.ts';
import type { HostId } from './languages/language-id.ts';
import { modelsOf } from './languages/models.ts';
import type { Api } from './models/api.ts';
import { compileModels } from './models/compile-models.ts';
import type { Models } from './models/model.ts';
import { publicModules } from './project/public-modules.ts';
import { createResolver } from './project/resolve-import.ts';

/** The result of the data-flow analysis. */
export interface Analysis {
  readonly linked: Linked;
  readonly hits: readonly Hit[];
  /** The names of the functions whose analysis reached a bound. Anonymous functions have an empty name. */
  readonly cuts: readonly string[];
}

export interface AnalyseOptions {
  /** The user's models, in addition to those that come with the scanner. */
  readonly models?: readonly Models[];
  readonly imports?: Omit<ImportContext, 'paths'>;
  /**
   * Called for each function after the fixed point, with its last analysis. It must not change this analysis. Use rules
   * run here: rules that report a single call or value, such as a weak hash.
   */
  readonly inspect?: (view: FunctionView) => void;
}

const known = new Map<HostId, Api>();

/** The models of a language with the user's own. Those without any of the user's are compiled once for all scans. */
function apiOf(language: HostId, extra: readonly Models[]): Api {
  const before = extra.length === 0 ? known.get(language) : undefined;
  if (before) return before;
  const made = compileModels([...modelsOf[language], ...extra.filter((one) => one.language === language)]);
  if (extra.length === 0) known.set(language, made);
  return made;
}

/** Links the modules of a project and runs the data-flow analysis. */
export function analyse(modules: readonly Module[], options: AnalyseOptions = {}): Analysis {
  const made = new Map<HostId, Api>();
  const api = (language: HostId): Api => {
    const one = made.get(language) ?? apiOf(language, options.models ?? []);
    made.set(language, one);
    return one;
  };
  const context = { ...options.imports, paths: modules.map((module) => module.path) };
  const resolve = createResolver(context);
  const linked = link(createProgram(modules), api, resolve);
  const engine = new ProgramAnalysis(linked, api, publicModules(context, resolve), options.inspect);
  const hits = engine.run();
  const cuts = [...engine.cuts].map((func) => linked.program.functions[func]?.func.name ?? '');
  return { linked, hits, cuts };
}
