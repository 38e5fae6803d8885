import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { allRules } from '../../cli/scan/rules/all-rules.ts';
import { measuredElsewhere } from './measured-elsewhere.ts';

/** A project with real vulnerabilities that were fixed. */
export interface FixedProject {
  /** `github:owner/name`, or `npm:name` for a library of which each version is a package. */
  readonly source: string;
  readonly kind: 'application' | 'library';
  readonly language: 'javascript' | 'typescript' | 'python';
  readonly fixes: readonly Fix[];
}

export interface Fix {
  /** The advisory, or the commit where there is none: `CVE-2021-25967`, `GHSA-...`, `abc1234`. */
  readonly id: string;
  /** The last version with the vulnerability: a commit, or a version of a package. */
  readonly before: string;
  /** The first version without it. */
  readonly after: string;
  /** Rules that are right about it. Any of them counts. */
  readonly rules: readonly string[];
  /** The sink first, then other lines that a report of this vulnerability may name. */
  readonly places: readonly FixPlace[];
  /** Who reaches what effect, and which lines of the fix show the place. One or two sentences. */
  readonly why: string;
}

export interface FixPlace {
  /** Relative to the root of the repository or package. */
  readonly file: string;
  /** In the version before the fix, from 1. */
  readonly line: number;
}

const rules: ReadonlySet<string> = new Set(allRules.map(({ id }) => id));
const version = z.string().regex(/^(?:[0-9a-f]{40}|\d[\w.+-]*)$/);

const project: z.ZodType<FixedProject> = z.strictObject({
  source: z.string().regex(/^(?:github:[\w.-]+\/[\w.-]+|npm:(?:@[\w.-]+\/)?[\w.-]+)$/),
  kind: z.enum(['application', 'library']),
  language: z.enum(['javascript', 'typescript', 'python']),
  fixes: z
    .array(
      z.strictObject({
        id: z.string().min(4),
        before: version,
        after: version,
        rules: z.array(z.string().refine((id) => rules.has(id), 'no such rule')).min(1),
        places: z
          .array(
            z.strictObject({
              file: z.string().regex(/^(?!\/)(?!.*(?:^|\/)\.\.\/)[\x20-\x7e]+$/),
              line: z.int().positive(),
            }),
          )
          .min(1),
        why: z.string().min(30),
      }),
    )
    .min(1),
});

/**
 * The real vulnerabilities of `fixes/`, a file for each project. They are places, versions and reasons: no code of these projects is in
 * the repository.
 *
 * @throws {z.ZodError} for an entry that is not of this form
 * @throws {RangeError} for a project that others measure with, or that is there twice
 */
export function readFixes(folder: string = join(import.meta.dirname, 'fixes')): readonly FixedProject[] {
  const projects = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => project.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  const sources = projects.map(({ source }) => source.toLowerCase());
  for (const source of sources) {
    if (measuredElsewhere(source)) throw new RangeError(`${source} is a project that others measure with`);
    if (sources.indexOf(source) !== sources.lastIndexOf(source))
      throw new RangeError(`${source} is there twice`);
  }
  return projects;
}
