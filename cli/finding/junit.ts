import { caretsOf, codeFrame } from './code-frame.ts';
import type { Finding } from './finding.ts';
import { groupByFile } from './group-by-file.ts';
import type { Report } from './report.ts';
import { type LineOf, sourceLines } from './source-lines.ts';
import { summary } from './summary.ts';
import { visible } from './visible.ts';
import { xmlText } from './xml.ts';

/** JUnit's XML: a suite for each file, a failed case for each finding; one case that passed where there are none. */
export function writeJunit(report: Report): string {
  const lineOf = sourceLines(report.sources);
  const total = report.findings.length;
  const suites = groupByFile(report.findings).map(({ path, findings }) => {
    const cases = findings.map((finding) => testCase(finding, lineOf)).join('');
    return suite(path, findings.length, findings.length, cases);
  });
  if (total === 0)
    suites.push(suite('bulwark scan', 1, 0, '    <testcase name="no findings" classname="bulwark scan"/>\n'));
  const notices = report.notices.map(({ level, code, message, place }) => {
    return `${level} ${code}: ${place ? `${place.path}:${place.line}: ` : ''}${message}`;
  });
  const said = [...notices, summary(report)].map((line) => xmlText(visible(line))).join('\n');
  const head = `<testsuites name="bulwark scan" tests="${Math.max(total, 1)}" failures="${total}" errors="0">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${suites.join('')}${suite('run', 0, 0, `    <system-out>${said}</system-out>\n`)}</testsuites>\n`;
}

function suite(name: string, tests: number, failures: number, body: string): string {
  return `  <testsuite name="${xmlText(name)}" tests="${tests}" failures="${failures}" errors="0" skipped="0">\n${body}  </testsuite>\n`;
}

function testCase(finding: Finding, lineOf: LineOf): string {
  const { rule, severity, confidence, message, advice, place, steps } = finding;
  const name = `${rule} at ${place.line}:${place.column}`;
  const way = (steps.length > 0 ? steps : [{ place, message: 'here' }]).flatMap((step) => [
    `${visible(step.place.path)}:${step.place.line}:${step.place.column} ${visible(step.message)}`,
    ...codeFrame(lineOf, step.place, 0).flatMap((line) => [
      `  ${line.before}${line.marked}${line.after}`,
      `  ${caretsOf(line)}`,
    ]),
  ]);
  const body = [`${severity}, ${confidence} confidence`, ...way, visible(advice)].map(xmlText).join('\n');
  return `    <testcase name="${xmlText(name)}" classname="${xmlText(place.path)}" file="${xmlText(place.path)}" line="${place.line}">
      <failure type="${xmlText(rule)}" message="${xmlText(visible(message))}">${body}</failure>
    </testcase>\n`;
}
