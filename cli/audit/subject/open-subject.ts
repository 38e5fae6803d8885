import { realpathSync, statSync } from 'node:fs';
import type { CodeView } from '../../scan/code-view.ts';
import { AuditMistake } from '../audit-mistake.ts';
import type { Decision } from '../dependencies/advisories/decision/decision.ts';
import type { AdvisorySource } from '../dependencies/advisories/source/advisory-source.ts';
import type { LiveViews } from '../live/open-live.ts';
import { findStacks } from './find-stacks.ts';
import { type Bounds, ownPaths } from './own-paths.ts';
import { fileReader } from './read-file.ts';
import type { Stack } from './stacks.ts';
import type { Subject } from './subject.ts';
import { unreadLanguages } from './unread-languages.ts';

export interface OpenOptions {
  /** `2027-01-31` */
  readonly today: string;
  readonly bounds?: Bounds;
  readonly advisories?: AdvisorySource;
  /** Read once the project is open: its file of decisions is one of the project's own. */
  readonly decisions?: (subject: Pick<Subject, 'paths' | 'read' | 'today'>) => readonly Decision[];
  /** What the scanner knows of the code below a folder. */
  readonly viewCode?: (root: string) => Promise<CodeView>;
  /** The running site and the host, if they were looked at. */
  readonly live?: LiveViews;
}

/**
 * Opens the project in a folder. Nothing of it is executed.
 *
 * @throws {AuditMistake} if there is no such folder
 */
export function openSubject(folder: string, options: OpenOptions): Subject {
  const { today, bounds, advisories, decisions, viewCode = scanCode, live = {} } = options;
  const root = realFolder(folder);
  const { paths, gaps } = ownPaths(root, bounds);
  const read = fileReader(root);
  let stacks: readonly Stack[] | undefined;
  let code: Promise<CodeView> | undefined;
  return {
    root,
    paths,
    gaps,
    read,
    today,
    ...live,
    ...(advisories && { advisories }),
    ...(decisions && { decisions: decisions({ paths, read, today }) }),
    get stacks() {
      stacks ??= findStacks(paths, read);
      return stacks;
    },
    code() {
      code ??= viewCode(root).then((view) => ({ ...view, gaps: [...view.gaps, ...unreadLanguages(paths)] }));
      return code;
    },
  };
}

async function scanCode(root: string): Promise<CodeView> {
  const { auditView } = await import('../../scan/audit-view.ts');
  return auditView(root);
}

function realFolder(folder: string): string {
  try {
    const real = realpathSync(folder);
    if (statSync(real).isDirectory()) return real;
  } catch {
    // The mistake below says it.
  }
  throw new AuditMistake(
    'audit/folder',
    `${JSON.stringify(folder)} is not a folder that can be read.`,
    'The audit looks at the files of a project.',
    'Name the folder of the project, or none for the current one.',
  );
}
