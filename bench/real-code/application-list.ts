import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { measuredElsewhere } from './measured-elsewhere.ts';

/** A maintained application, at a fixed commit. */
export interface Application {
  /** `github:owner/name` */
  readonly source: string;
  readonly commit: string;
  readonly language: 'javascript' | 'typescript' | 'python';
  /** What it is built with: `django`, `express`, `next`. */
  readonly framework: string;
}

const list: z.ZodType<readonly Application[]> = z.array(
  z.strictObject({
    source: z.string().regex(/^github:[\w.-]+\/[\w.-]+$/),
    commit: z.string().regex(/^[0-9a-f]{40}$/),
    language: z.enum(['javascript', 'typescript', 'python']),
    framework: z.string().min(1),
  }),
);

/**
 * The applications that precision is measured on.
 *
 * @throws {z.ZodError} for an entry that is not of this form
 * @throws {RangeError} for an application that others measure with
 */
export function readApplications(
  file: string = join(import.meta.dirname, 'applications.json'),
): readonly Application[] {
  const applications = list.parse(JSON.parse(readFileSync(file, 'utf8')));
  const odd = applications.find(({ source }) => measuredElsewhere(source));
  if (odd) throw new RangeError(`${odd.source} is a project that others measure with`);
  return applications;
}
