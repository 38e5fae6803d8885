import type { Finding } from '../../finding/finding.ts';
import { sampleRules } from '../../finding/testing/sample-report.ts';
import type { ScanEngine } from '../scan-engine.ts';

/**
 * A test engine that reports each line with `DANGER` as sql/injection of high confidence, and each with `DOUBT` as
 * deserialize/untrusted of low confidence.
 */
export const wordEngine: ScanEngine = {
  rules: sampleRules,
  async scan({ project, wants, progress }) {
    const findings: Finding[] = [];
    let lines = 0;
    for (const [index, { path, text }] of project.files.entries()) {
      progress(index, project.files.length);
      for (const [number, line] of text.split('\n').entries()) {
        lines++;
        for (const [word, rule, confidence] of [
          ['DANGER', 'sql/injection', 'high'],
          ['DOUBT', 'deserialize/untrusted', 'low'],
        ] as const) {
          const column = line.indexOf(word) + 1;
          if (column === 0 || !wants(rule)) continue;
          findings.push({
            rule,
            severity: 'high',
            confidence,
            message: `${word} is here.`,
            advice: 'Take it away.',
            place: { path, line: number + 1, column, endLine: number + 1, endColumn: column + word.length },
            steps: [],
          });
        }
      }
    }
    progress(project.files.length, project.files.length);
    return { findings, suppressed: [], notices: [], files: project.files.length, lines };
  },
};
