import type { Finding } from '../../cli/finding/finding.ts';
import { javascriptFixers } from '../../cli/scan/fix/javascript/javascript-fixers.ts';
import { proposeFixes } from '../../cli/scan/fix/propose-fixes.ts';
import { openPythonFixers } from '../../cli/scan/fix/python/python-fixers.ts';
import { templateFixers } from '../../cli/scan/fix/template/template-fixers.ts';
import type { Project } from '../../cli/scan/project/project.ts';
import { sourcesOf } from '../../cli/scan/project/project.ts';
import type { ScanResult } from '../../cli/scan/report/scan-result.ts';
import { createScan } from '../../cli/scan/scan.ts';
import { factsLine, helpMark, placeText, type Seen, type SeenFix, wordsLine } from './finding-lines.ts';
import { oneLine } from './one-line.ts';
import type { Section } from './snapshot.ts';

export interface SeenProject {
  readonly section: Section;
  readonly helps: Readonly<Record<string, string>>;
}

/** Scans a project for every rule. Findings of low confidence count too, and those that a comment hides. */
export async function seeFindings(title: string, project: Project): Promise<SeenProject> {
  const result = await createScan()({
    project,
    wants: () => true,
    models: [],
    today: '2026-01-01',
    progress: () => {},
  });
  const seen = await seenIn(result, project);
  return {
    section: {
      title: oneLine(title),
      facts: [...seen.map(factsLine), ...result.notices.map(noticeFact)].sort(),
      words: [
        ...seen.map(wordsLine),
        ...result.notices.map(({ code, message }) => oneLine(`${code} ${message}`)),
      ].sort(),
    },
    helps: Object.fromEntries(
      seen
        .flatMap(({ finding: { advice }, fix }) => [advice, ...(fix.words === '' ? [] : [fix.words])])
        .map((text) => [helpMark(text), oneLine(text)]),
    ),
  };
}

function noticeFact({ code, level, place }: ScanResult['notices'][number]): string {
  return `${place ? placeText(place) : '-'} ${code} ${level}`;
}

async function seenIn({ findings, suppressed }: ScanResult, project: Project): Promise<Seen[]> {
  const fixes = await fixesOf(findings, project);
  const none: SeenFix = { edits: [], words: '', isCertain: false };
  return [
    ...findings.map((finding) => ({ finding, isHidden: false, fix: fixes.get(finding) ?? none })),
    ...suppressed.map(({ finding }) => ({ finding, isHidden: true, fix: none })),
  ];
}

/** What the fixers propose. Whether a proposal holds is not tried: that would be one more scan for each. */
async function fixesOf(findings: readonly Finding[], project: Project): Promise<Map<Finding, SeenFix>> {
  const hasPython = findings.some(({ place }) => place.path.endsWith('.py'));
  const languages = {
    javascript: javascriptFixers,
    template: templateFixers,
    ...(hasPython ? { python: await openPythonFixers() } : {}),
  };
  const sources = sourcesOf(project);
  const text = (path: string): string | undefined => sources(path) ?? project.read(path);
  const { fixes, left } = proposeFixes(findings, text, languages, { takesUnsure: true });
  return new Map<Finding, SeenFix>([
    ...fixes.flatMap(({ findings: own, edits, title, unsure }) => {
      const words = unsure === undefined ? title : `${title}. ${unsure}`;
      return own.map((one): [Finding, SeenFix] => [one, { edits, words, isCertain: unsure === undefined }]);
    }),
    ...left.map(({ finding, reason }): [Finding, SeenFix] => [
      finding,
      { edits: [], words: reason === noFix ? '' : reason, isCertain: false },
    ]),
  ]);
}

/** Said of most findings, so that it is left out. */
const noFix = 'This rule has no automatic fix.';
