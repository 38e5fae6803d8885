import type { CodeView } from '../audit/subject/code-view.ts';
import { visible } from '../finding/visible.ts';
import { defaultConfig } from './config/scan-config.ts';
import { maskedScan } from './mask/masked-scan.ts';
import { discover } from './project/discover.ts';
import { type Project, sourcesOf } from './project/project.ts';
import { createScan } from './scan.ts';
import { unreadLanguages } from './sites/unread-languages.ts';
import { type PartView, viewPart } from './sites/view-part.ts';

/**
 * What the scanner knows of a project, for the audit: the findings of a whole scan, secrets masked, and the places that it can list.
 * The project's own settings of the scanner count for nothing here: what they leave out would be taken for looked at.
 *
 * @param of a folder, absolute, or the files of a project
 */
export async function auditView(of: string | Project): Promise<CodeView> {
  const project = typeof of === 'string' ? discover({ root: of, paths: [of] }, defaultConfig) : of;
  const views: PartView[] = [];
  const scanned = await createScan()({
    project,
    wants: () => true,
    models: [],
    today: today(),
    progress: () => {},
    view: viewPart,
    onPart: (part) => views.push(...(part.views ?? [])),
  });
  const { result } = maskedScan(scanned, sourcesOf(project));
  const notices = [...project.notices, ...result.notices];
  return {
    sites: views.flatMap(({ sites }) => sites),
    findings: [...result.findings, ...result.suppressed.map(({ finding }) => finding)],
    routes: views.flatMap(({ routes }) => routes),
    logIns: views.flatMap(({ logIns }) => logIns),
    errorHandlers: views.flatMap((one) => one.errorHandlers),
    imports: views.flatMap(({ imports }) => imports),
    gaps: [
      ...notices
        .filter(({ code }) => losing.has(code))
        .map(({ message, place }) => visible(place ? `${place.path}:${place.line}: ${message}` : message)),
      ...(typeof of === 'string' ? unreadLanguages(of) : []),
    ],
    files: result.files,
  };
}

/** Notices of what was not looked at as a whole. */
const losing: ReadonlySet<string> = new Set([
  'scan/unparsable',
  'scan/too-deep',
  'scan/many-findings',
  'scan/budget',
  'scan/skipped-huge',
  'scan/skipped-unreadable',
  'scan/skipped-deep',
  'scan/skipped-many',
  'scan/skipped-binary',
]);

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
