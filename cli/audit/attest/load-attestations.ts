import { resolve } from 'node:path';
import { readText } from '../../scan/project/read-inside.ts';
import { AuditMistake } from '../audit-mistake.ts';
import type { Subject } from '../subject/subject.ts';
import type { Attestation } from './attestation.ts';
import { defaultAttestations } from './default-attestations.ts';
import { readAttestations } from './read-attestations.ts';

const mostBytes = 256 * 1024;

/**
 * What people attest: the named file, or `bulwark.attest.toml` of the project if it is there.
 *
 * @throws {AuditMistake} if a named file can't be read, and for what is wrong in it
 */
export function loadAttestations(
  file: string | undefined,
  subject: Subject,
  cwd: string,
): readonly Attestation[] {
  if (file === undefined) {
    const text = subject.read(defaultAttestations);
    if (text !== undefined) return readAttestations(text, defaultAttestations, subject.today);
    if (!subject.paths.includes(defaultAttestations)) return [];
  }
  const read = readText(resolve(cwd, file ?? defaultAttestations), mostBytes);
  if (file !== undefined && 'text' in read) return readAttestations(read.text, file, subject.today);
  throw new AuditMistake(
    'audit/attest',
    `${JSON.stringify(file ?? defaultAttestations)} can't be read.`,
    'What it attests would be missing.',
    'Name a file of text in TOML, of at most 256 KB.',
  );
}
