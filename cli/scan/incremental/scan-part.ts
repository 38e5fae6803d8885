import type { Finding } from '../../finding/finding.ts';
import type { Notice } from '../../finding/report.ts';
import { type Analysis, analyse } from '../analyse.ts';
import type { ProgramView } from '../dataflow/view/program-view.ts';
import { reachOf } from '../inventory/reach/reach-of.ts';
import type { Module } from '../ir/ir.ts';
import type { Models } from '../models/model.ts';
import { importContext } from '../project/import-context.ts';
import type { ModuleReader } from '../read-modules.ts';
import { flowFindings, placeOf, useFindings } from '../report/findings.ts';
import { allRules } from '../rules/all-rules.ts';
import { isUseRule } from '../rules/kit/rule.ts';
import { RuleIndex } from '../rules/kit/rule-index.ts';
import { runUseRules, type UseHit } from '../rules/kit/run-use-rules.ts';
import type { PartView } from '../view-part.ts';
import type { Part } from './split-project.ts';

/** The findings of all rules in a part, and the facts about its files that reports need. Plain data, so that it can be cached. */
export interface PartResult {
  readonly findings: readonly Finding[];
  /** Files with comments for the scanner, such as suppressions. */
  readonly commented: readonly Pick<Module, 'path' | 'comments' | 'lines'>[];
  /** Notices about files that could not be parsed completely. */
  readonly notices: readonly Notice[];
  /** Names of functions where a bound was reached. */
  readonly cuts: readonly string[];
  /** False if the call graph reached a bound and is incomplete. */
  readonly isLinked: boolean;
  readonly lines: number;
  /** The results of `ViewPart`, for the audit. Absent if the scan was given no `ViewPart`. */
  readonly views?: readonly PartView[];
}

/** Extracts the results for the audit from the finished analysis of a part. */
export type ViewPart = (analysis: Analysis, engine: ProgramView, files: Part['files']) => PartView;

const useRules = new RuleIndex(allRules.filter(isUseRule));

/**
 * Analyses the files of a part.
 * @param read parses a file into modules; called once for each file, in order
 */
export function scanPart(
  { files, config }: Part,
  models: readonly Models[],
  read: ModuleReader,
  view?: ViewPart,
): PartResult {
  const modules = files.flatMap((file) => read(file));
  const uses = new Map<number, readonly UseHit[]>();
  let engine: ProgramView | undefined;
  const analysis = analyse(modules, {
    models,
    imports: importContext(config),
    inspect: (frame) => {
      engine = frame.engine;
      const found = runUseRules(frame, useRules);
      if (found.length > 0) uses.set(frame.id, found);
      else uses.delete(frame.id);
    },
  });
  const { hits, linked, cuts } = analysis;
  const paths = new Set(files.map(({ path }) => path));
  return {
    ...(view && engine ? { views: [view(analysis, engine, files)] } : {}),
    findings: [
      ...flowFindings(linked.program, hits, allRules, (func) => reachOf(linked, func)),
      ...useFindings(linked.program, [...uses.values()].flat()),
    ],
    commented: modules
      .filter(({ comments }) => comments.length > 0)
      .map(({ path, comments, lines }) => ({ path, comments, lines })),
    notices: problemNotices(modules),
    cuts,
    isLinked: linked.complete,
    // Scripts in a page are modules of their own, with a path that extends the page's.
    lines: modules.reduce((sum, { path, lines }) => sum + (paths.has(path) ? lines.length : 0), 0),
  };
}

function problemNotices(modules: readonly Module[]): Notice[] {
  return modules.flatMap((module) =>
    module.problems.slice(0, 1).map((problem): Notice => {
      const more = module.problems.length > 1 ? `, and ${module.problems.length - 1} more places` : '';
      return {
        code: 'scan/unparsable',
        level: 'warning',
        message: `Part of the file could not be parsed: ${problem.message}${more}. The rest was scanned.`,
        place: placeOf(module, problem.at, problem.at),
      };
    }),
  );
}
