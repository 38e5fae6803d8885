import type { Finding } from '../finding/finding.ts';
import { visible } from '../finding/visible.ts';
import type { CodeView } from './code-view.ts';
import { defaultConfig } from './config/scan-config.ts';
import { discover } from './project/discover.ts';
import { isTestPath } from './project/path-purpose.ts';
import { type Project, sourcesOf } from './project/project.ts';
import { maskedScan } from './report/mask/masked-scan.ts';
import { suppressionComment } from './report/suppression-comment.ts';
import { createScan } from './scan.ts';
import { type PartView, viewPart } from './view-part.ts';

/**
 * Scans a whole project for the audit. Returns the findings, with secrets masked, and the places that the audit lists.
 * The project's own configuration of the scanner is ignored, because code that it excludes would count as checked.
 * @param of what is scanned: an absolute folder, or the files of a project
 */
export async function auditView(of: string | Project): Promise<CodeView> {
  const project = typeof of === 'string' ? discover({ root: of, paths: [of] }, defaultConfig) : of;
  const views: PartView[] = [];
  let isLinked = true;
  const scanned = await createScan()({
    project,
    wants: () => true,
    models: [],
    today: today(),
    progress: () => {},
    view: viewPart,
    onPart: (part) => {
      views.push(...(part.views ?? []));
      isLinked &&= part.isLinked;
    },
  });
  const sources = sourcesOf(project);
  const { result } = maskedScan(scanned, sources);
  const notices = [...project.notices, ...result.notices];
  return {
    sites: views.flatMap(({ sites }) => sites),
    findings: [...result.findings, ...result.suppressed.map(({ finding }) => finding)],
    suppressed: result.suppressed.map(({ finding, reason }) => ({
      finding,
      reason,
      until: endOf(finding, sources(finding.place.path) ?? ''),
    })),
    routes: views.flatMap(({ routes }) => routes),
    logIns: views.flatMap(({ logIns }) => logIns),
    errorHandlers: views.flatMap((one) => one.errorHandlers),
    bareApps: views.flatMap(({ bareApps }) => bareApps),
    imports: views.flatMap(({ imports }) => imports),
    gaps: [
      ...views.flatMap(({ gaps }) => gaps),
      ...(isLinked ? [] : ['The call graph reached its limit, so that callers may be missing.']),
      ...notices
        .filter(({ code }) => losing.has(code))
        .map(({ message, place }) => visible(place ? `${place.path}:${place.line}: ${message}` : message)),
    ],
    files: project.files.filter(({ path }) => !isTestPath(path)).length,
  };
}

/** The maximum number of lines between a finding and the comment that suppresses it. */
const mostLines = 20;

/** The expiry date of the comment that suppresses a finding. Undefined if it has none. */
function endOf({ place, rule }: Finding, text: string): string | undefined {
  const from = Math.max(0, place.line - 1 - mostLines);
  for (const line of text
    .split(/\r\n|\n|\r/)
    .slice(from, place.line + mostLines)
    .reverse()) {
    const at = line.indexOf('bulwark-ignore');
    const comment = at < 0 ? undefined : suppressionComment(line.slice(at));
    if (comment?.kind !== 'suppression' || comment.until === undefined) continue;
    if (
      comment.rules.some((one) => one === rule || (one.endsWith('/*') && rule.startsWith(one.slice(0, -1))))
    )
      return comment.until;
  }
  return undefined;
}

/** Notices about code that was not analysed completely. */
const losing: ReadonlySet<string> = new Set([
  'scan/unparsable',
  'scan/too-deep',
  'scan/many-findings',
  'scan/skipped-huge',
  'scan/skipped-unreadable',
  'scan/skipped-deep',
  'scan/skipped-many',
  'scan/skipped-binary',
]);

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
