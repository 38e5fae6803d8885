import { type Denied, deny } from '../../refusal/decision.ts';

export type ArchiveCode =
  | 'archive/unknown-format'
  | 'archive/malformed'
  | 'archive/unsafe-name'
  | 'archive/duplicate-name'
  | 'archive/forbidden-entry'
  | 'archive/over-limit';

/** Carries a denial out of the readers. The unpacking process sends it to the parent process, which throws it. */
export class ArchiveError extends Error {
  readonly denied: Denied<ArchiveCode>;

  constructor(denied: Denied<ArchiveCode>) {
    super(denied.code);
    this.denied = denied;
  }
}

export type ArchiveFormat = 'zip' | 'tar' | 'gz';

export function malformed(format: ArchiveFormat, reason: string): ArchiveError {
  return new ArchiveError(deny('archive/malformed', { format, reason }));
}

export function forbidden(name: string, reason: string): ArchiveError {
  return new ArchiveError(deny('archive/forbidden-entry', { name: name.slice(0, 200), reason }));
}

export function overLimit(limit: string, most: number): ArchiveError {
  return new ArchiveError(deny('archive/over-limit', { limit, most }));
}
