import type { Severity } from '../../finding/finding.ts';
import type { AspectId } from '../line/lines.ts';
import type { Subject } from '../subject/subject.ts';
import type { Outcome } from './outcome.ts';

/**
 * One thing that the audit looks at. Each is a folder of `cli/audit/checks` with a file of the same name, and has a page
 * `docs/audit/<area>-<name>.md`, a fixture that passes, one that fails and one that must be unknown.
 */
export interface Check {
  /** Permanent: `django/ssl-redirect`, `nginx/server-tokens`. */
  readonly id: string;
  /** The part of a line of the checklist that it speaks of: `https/redirect`. */
  readonly aspect: AspectId;
  /** What is true where it passes: `Every request over http is redirected to https.` */
  readonly title: string;
  /** What can happen where it fails, in a sentence. */
  readonly why: string;
  /** How bad a failure is. */
  readonly severity: Severity;
  readonly cwe: readonly number[];
  /** Requirements of ASVS 5.0: `3.4.1`. */
  readonly asvs: readonly string[];
  /** The ids of Django's `check --deploy` that it agrees with: `security.W008`. */
  readonly django?: readonly string[];
  /**
   * What its outcomes do to the aspect; without it they decide. `part`: they can fail it or leave it unknown, but a pass alone does not
   * pass it, because the check speaks of a part. `note`: they are shown, and decide nothing.
   */
  readonly weight?: 'part' | 'note';
  /** An empty list where the project has nothing that it speaks of: a check of Django in a project without it. */
  run(subject: Subject): readonly Outcome[] | Promise<readonly Outcome[]>;
}
