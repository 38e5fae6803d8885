import type { Finding } from '../finding/finding.ts';
import type { SourceFile, TextFile } from './project/project.ts';
import { placeOf } from './report/findings.ts';
import { allRules } from './rules/all-rules.ts';
import { lineStarts } from './rules/kit/line-starts.ts';
import { isTextRule, type TextReport } from './rules/kit/rule.ts';
import { isSettingsRule } from './rules/kit/settings-rule.ts';

const textRules = allRules.filter(isTextRule).filter((rule) => !isSettingsRule(rule));
const settingsRules = allRules.filter(isSettingsRule);

/** Runs the rules that read the text of source files. */
export function readTexts(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) => textRules.flatMap((rule) => findingsOf(file, rule, rule.read(file))));
}

/** Runs the rules on settings files. */
export function readSettings(files: readonly TextFile[]): Finding[] {
  return files.flatMap((file) => settingsRules.flatMap((rule) => findingsOf(file, rule, rule.read(file))));
}

function findingsOf(
  file: TextFile,
  rule: Pick<Finding, 'severity' | 'advice'> & { readonly id: string },
  reports: readonly TextReport[],
): Finding[] {
  if (reports.length === 0) return [];
  const lines = lineStarts(file.text);
  return reports.map(
    ({ message, confidence, at, end }): Finding => ({
      rule: rule.id,
      severity: rule.severity,
      confidence,
      message,
      advice: rule.advice,
      place: placeOf({ path: file.path, lines }, at, end),
      steps: [],
    }),
  );
}
