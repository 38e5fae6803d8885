import { resolve } from 'node:path';
import { readText } from '../../../../scan/project/read-inside.ts';
import { AuditMistake } from '../../../audit-mistake.ts';
import type { Subject } from '../../../subject/subject.ts';
import { type Decision, defaultDecisions } from './decision.ts';
import { readDecisions } from './read-decisions.ts';

const mostBytes = 1024 * 1024;

/**
 * What was accepted: the named file, or `bulwark.decisions.toml` of the project if it is there.
 *
 * @throws {AuditMistake} if it can't be read, and for what is wrong in it
 */
export function loadDecisions(
  file: string | undefined,
  subject: Pick<Subject, 'paths' | 'read' | 'today'>,
  cwd: string,
): readonly Decision[] {
  if (file === undefined) {
    const text = subject.read(defaultDecisions);
    if (text !== undefined) return readDecisions(text, defaultDecisions, subject.today);
    if (!subject.paths.includes(defaultDecisions)) return [];
  }
  const read = readText(resolve(cwd, file ?? defaultDecisions), mostBytes);
  if (file !== undefined && 'text' in read) return readDecisions(read.text, file, subject.today);
  throw new AuditMistake(
    'audit/decisions',
    `${JSON.stringify(file ?? defaultDecisions)} can't be read.`,
    'What it accepts would be missing.',
    'Name a file of text in TOML, of at most 1 MB.',
  );
}
