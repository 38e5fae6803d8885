import type { RuleInfo } from '../finding/finding.ts';
import { inOrder } from '../finding/finding-order.ts';
import type { Notice } from '../finding/report.ts';
import { resultOf } from './incremental/known-parts.ts';
import type { PartCache } from './incremental/part-cache.ts';
import { scanBounded } from './incremental/scan-bounded.ts';
import type { PartResult } from './incremental/scan-part.ts';
import { splitProject } from './incremental/split-project.ts';
import { readModels } from './models/read-models.ts';
import { sourcesOf } from './project/project.ts';
import { createModuleReader, type ModuleReader } from './read-modules.ts';
import { readSettings, readTexts } from './read-texts.ts';
import type { ScanResult } from './report/scan-result.ts';
import { settingsComments } from './report/settings-comments.ts';
import { applySuppressions } from './report/suppression.ts';
import { suppressionRules } from './report/suppression-rules.ts';
import { allRules } from './rules/all-rules.ts';
import type { ScanOptions } from './scan-engine.ts';

/**
 * Returns a function that scans a project. It parses and analyses one part of the project after the other, and runs the
 * rules. The results of unchanged parts come from the cache.
 * The result is the same on every machine, since the analysis is bounded by counts of steps and never by time. A notice
 * says where a bound was reached.
 */
export function createScan(cache?: PartCache): (options: ScanOptions) => Promise<ScanResult> {
  return async ({ project, wants, models: modelPaths, today, progress, view, onPart }) => {
    const { files, settings } = project;
    const models = readModels(modelPaths);
    const parse = await createModuleReader(files);
    const parts: PartResult[] = [];
    let done = 0;
    for (const part of splitProject(project)) {
      progress(done, files.length);
      let read = done;
      const scan = (reader: ModuleReader): PartResult =>
        scanBounded(
          part,
          models,
          (file) => {
            progress(read++, files.length);
            return reader(file);
          },
          view,
        );
      const result = cache ? resultOf(part, models, cache, parse, scan) : scan(parse);
      parts.push(result);
      onPart?.(result);
      done += part.files.length;
    }
    progress(files.length, files.length);
    cache?.endScan();

    const judged = applySuppressions({
      findings: inOrder(
        // A cached part may miss changes in comments.
        [...parts.flatMap(({ findings }) => findings), ...readTexts(files), ...readSettings(settings)].filter(
          ({ rule }) => wants(rule),
        ),
      ),
      modules: [...parts.flatMap(({ commented }) => commented), ...settingsComments(settings)],
      sources: sourcesOf(project),
      rules: [...allRules, ...suppressionRules].map((rule) => rule.id),
      wants,
      today,
    });
    return {
      findings: judged.findings,
      suppressed: judged.suppressed,
      notices: [
        ...judged.notices,
        ...parts.flatMap(({ notices }) => notices),
        ...cutNotices(parts.flatMap(({ cuts }) => cuts)),
        ...linkNotices(parts.every(({ isLinked }) => isLinked)),
      ],
      files: files.length,
      lines: parts.reduce((sum, { lines }) => sum + lines, 0),
    };
  };
}

function cutNotices(cuts: readonly string[]): Notice[] {
  if (cuts.length === 0) return [];
  const names = cuts.slice(0, 5).map((name) => name || 'an anonymous function');
  return [
    {
      code: 'scan/budget',
      level: 'note',
      message: `The analysis of ${cuts.length} ${cuts.length === 1 ? 'function' : 'functions'} reached its limit and may be incomplete: ${names.join(', ')}.`,
    },
  ];
}

function linkNotices(isComplete: boolean): Notice[] {
  if (isComplete) return [];
  const message = 'The call graph reached its limit and may be incomplete. Some paths may be missing.';
  return [{ code: 'scan/budget', level: 'note', message }];
}

/**
 * All rules as reports describe them, the rules about suppression comments included.
 * @param page returns the page of a rule, as Markdown
 */
export function ruleInfos(page: (id: string) => string): RuleInfo[] {
  return [
    ...allRules.map(({ id, title, severity, cwe, owasp, isHardening = false }) => ({
      id,
      title,
      severity,
      cwe,
      owasp,
      isHardening,
      page: page(id),
    })),
    ...suppressionRules,
  ];
}
