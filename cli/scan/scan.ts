import type { Finding, RuleInfo } from '../finding/finding.ts';
import { inOrder } from '../finding/finding-order.ts';
import type { Notice } from '../finding/report.ts';
import { analyse } from './analyse.ts';
import { flowFindings, placeOf, useFindings } from './findings.ts';
import type { Module } from './ir/ir.ts';
import { readModels } from './model/read-models.ts';
import { importContext } from './project/import-context.ts';
import type { Project } from './project/project.ts';
import { createModuleReader } from './read-modules.ts';
import { byInstruction, lookAt, type UseHit } from './rule/look.ts';
import { isFlowRule, type UseRule } from './rule/rule.ts';
import { allRules } from './rules/all-rules.ts';
import type { ScanOptions, ScanResult } from './scan-result.ts';
import { applySuppressions } from './suppression.ts';
import { suppressionRules } from './suppression-rules.ts';

/**
 * Scans a project: reads its files, follows the data through them, and says what the rules say.
 *
 * The same files give the same result on every machine: there are budgets of steps, never of time, and a
 * notice says where one of them cut.
 */
export async function scan(options: ScanOptions): Promise<ScanResult> {
  const { project, wants } = options;
  const models = readModels(options.models);
  const read = await createModuleReader(project.files);
  const modules: Module[] = [];
  let lines = 0;
  project.files.forEach((file, i) => {
    options.progress(i, project.files.length);
    for (const module of read(file)) {
      modules.push(module);
      if (module.path === file.path) lines += module.lines.length;
    }
  });
  const rules = allRules.filter((rule) => wants(rule.id));
  const useRules = byInstruction(rules.filter((rule): rule is UseRule => !isFlowRule(rule)));
  const uses = new Map<number, readonly UseHit[]>();
  const { hits, linked, cuts } = analyse(modules, {
    models,
    imports: importContext(configFiles(project)),
    inspect: (frame) => {
      const found = lookAt(frame, useRules);
      if (found.length > 0) uses.set(frame.id, found);
      else uses.delete(frame.id);
    },
  });
  options.progress(project.files.length, project.files.length);
  const findings: Finding[] = [
    ...flowFindings(linked.program, hits, rules),
    ...useFindings(linked.program, [...uses.values()].flat()),
  ];
  const texts = new Map(project.files.map((file) => [file.path, file.text]));
  const judged = applySuppressions({
    findings: inOrder(findings),
    modules,
    sources: (path) => texts.get(path),
    rules: [...allRules, ...suppressionRules].map((rule) => rule.id),
    wants,
    today: options.today,
  });
  return {
    findings: judged.findings,
    suppressed: judged.suppressed,
    notices: [
      ...judged.notices,
      ...problemNotices(modules),
      ...cutNotices(cuts),
      ...linkNotices(linked.complete),
    ],
    files: project.files.length,
    lines,
  };
}

/** The configuration files that say how imports are resolved, in each folder that holds a scanned file or lies above one. */
function configFiles(project: Project): Map<string, string> {
  const folders = new Set<string>(['']);
  for (const { path } of project.files) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end + 1);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const name of ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json', 'package.json']) {
      const text = project.read(folder + name);
      if (text !== undefined) files.set(folder + name, text);
    }
  }
  return files;
}

function problemNotices(modules: readonly Module[]): Notice[] {
  return modules.flatMap((module) =>
    module.problems.slice(0, 1).map((problem): Notice => {
      const more = module.problems.length > 1 ? `, and ${module.problems.length - 1} more places` : '';
      return {
        code: 'scan/unparsable',
        level: 'warning',
        message: `Not all of the file could be read: ${problem.message}${more}. The rest was scanned.`,
        place: placeOf(module, problem.at, problem.at),
      };
    }),
  );
}

function cutNotices(cuts: readonly string[]): Notice[] {
  if (cuts.length === 0) return [];
  const names = cuts.slice(0, 5).map((name) => name || 'a function without a name');
  return [
    {
      code: 'scan/budget',
      level: 'note',
      message: `Of ${cuts.length} functions not everything was followed, as a bound was reached: ${names.join(', ')}.`,
    },
  ];
}

function linkNotices(isComplete: boolean): Notice[] {
  if (isComplete) return [];
  const message = 'What calls run was not followed to the end, as a bound was reached: ways may be missing.';
  return [{ code: 'scan/budget', level: 'note', message }];
}

/** What reports say of the rules. */
export function ruleInfos(page: (id: string) => string): RuleInfo[] {
  return [
    ...allRules.map(({ id, title, severity, cwe, owasp }) => ({
      id,
      title,
      severity,
      cwe,
      owasp,
      page: page(id),
    })),
    ...suppressionRules,
  ];
}
