import { visible } from '../../finding/visible.ts';
import { xmlText } from '../../finding/xml.ts';
import { type Audit, summaryOf } from '../audit.ts';
import type { Check } from '../check/check.ts';
import type { Outcome } from '../check/outcome.ts';
import type { JudgedAspect, JudgedLine } from '../line/judge-lines.ts';
import { groups, groupTitles } from './groups.ts';
import { bounded, evidenceText, fixLines, labelOf, missingOf, openOutcomes, shown } from './shown.ts';

const mostEvidence = 20;
const mostFixLines = 40;

/** JUnit's XML: a suite for each group, a case for each line. What is unknown or attested is skipped, as it is not shown. */
export function writeJunit(audit: Audit): string {
  const suites = groups.map((group) => {
    const lines = audit.lines.filter(({ line }) => line.group === group);
    return suite(groupTitles[group], lines, lines.map((line) => testCase(line, groupTitles[group])).join(''));
  });
  const said = [...audit.gaps.map((gap) => `not read: ${gap}`), summaryOf(audit)].map((one) =>
    xmlText(visible(one)),
  );
  const { lines } = audit;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bulwark audit" ${counts(lines)}>
${suites.join('')}  <testsuite name="run" tests="0" failures="0" errors="0" skipped="0">
    <system-out>${said.join('\n')}</system-out>
  </testsuite>
</testsuites>
`;
}

function suite(name: string, lines: readonly JudgedLine[], body: string): string {
  return `  <testsuite name="${xmlText(name)}" ${counts(lines)}>\n${body}  </testsuite>\n`;
}

function counts(lines: readonly JudgedLine[]): string {
  const failed = lines.filter(({ verdict }) => verdict === 'fail').length;
  const skipped = lines.filter(({ verdict }) => verdict === 'unknown' || verdict === 'attested').length;
  return `tests="${lines.length}" failures="${failed}" errors="0" skipped="${skipped}"`;
}

function testCase({ id, line, verdict, aspects }: JudgedLine, group: string): string {
  const head = `    <testcase name="${xmlText(line.title)}" classname="${xmlText(group)}"`;
  if (verdict === 'pass') return `${head}/>\n`;
  const open = aspects.filter((one) => one.verdict !== 'pass');
  const texts = open.flatMap(aspectTexts).map(xmlText);
  const message = xmlText(
    `${verdict}: ${open
      .filter((one) => one.verdict === verdict)
      .map((one) => one.id)
      .join(', ')}`,
  );
  const body =
    verdict === 'fail'
      ? `<failure type="${xmlText(id)}" message="${message}">${texts.join('\n')}</failure>`
      : `<skipped message="${message}">${texts.join('\n')}</skipped>`;
  return `${head}>\n      ${body}\n    </testcase>\n`;
}

function aspectTexts(aspect: JudgedAspect): string[] {
  const { id, verdict, results, attested } = aspect;
  if (attested)
    return [`${id}: attested by ${shown(attested.by)} until ${attested.until}: ${shown(attested.statement)}`];
  const missing = missingOf(aspect);
  const said = missing ? [`${verdict} ${id}: ${missing.reason}`, `  needs: ${missing.needs}`] : [];
  return [
    ...said,
    ...results.flatMap((result) =>
      openOutcomes(result).flatMap((outcome) => outcomeTexts(aspect, result.check, outcome)),
    ),
  ];
}

function outcomeTexts(
  aspect: JudgedAspect,
  check: Check,
  { verdict, summary, evidence, fix }: Outcome,
): string[] {
  const { first, more } = bounded(evidence, mostEvidence);
  return [
    `${labelOf(check, verdict, aspect)} ${check.id}: ${shown(summary)}`,
    ...first.map((one) => `  seen: ${evidenceText(one)}`),
    ...(more > 0 ? [`  seen: and ${more} more`] : []),
    ...fix.flatMap(({ text }) => fixLines(text, mostFixLines).map((one) => `  do: ${one}`)),
  ];
}
