import type { Finding } from '../../finding/finding.ts';
import { placeOf } from '../findings.ts';
import type { SourceFile } from '../project/project.ts';
import { allRules } from '../rules/all-rules.ts';
import { isTextRule } from './rule.ts';

const textRules = allRules.filter(isTextRule);

/** What the rules say that read the text of files. */
export function readTexts(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) =>
    textRules.flatMap((rule) => {
      const reports = rule.read(file);
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
    }),
  );
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
