import { nearest } from '../nearest.ts';
import { AuditMistake } from './audit-mistake.ts';
import type { Check } from './check/check.ts';
import { lines } from './line/lines.ts';

/** Which checks run. */
export interface Choice {
  /** Without any, all of them. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/** Why a check does not run: the option that leaves it out, as it was written. */
export type Skipped = ReadonlyMap<Check, string>;

/**
 * A pattern is the id of a check (`django/ssl-redirect`), a group of checks (`django/*`), or a line of the checklist (`https`).
 *
 * @throws {AuditMistake} for a pattern that names nothing: a misspelt `--skip` must not look as if it worked
 */
export function chooseChecks(checks: readonly Check[], { only, skip }: Choice): Skipped {
  for (const pattern of only) refuseUnknown(pattern, '--only', checks);
  for (const pattern of skip) refuseUnknown(pattern, '--skip', checks);
  const skipped = new Map<Check, string>();
  for (const check of checks) {
    const pattern = skip.find((one) => matches(one, check));
    if (pattern !== undefined) skipped.set(check, `--skip ${pattern}`);
    else if (only.length > 0 && !only.some((one) => matches(one, check))) skipped.set(check, '--only');
  }
  return skipped;
}

function matches(pattern: string, { id, aspect }: Check): boolean {
  if (pattern.endsWith('/*')) return id.startsWith(pattern.slice(0, -1));
  return id === pattern || aspect.startsWith(`${pattern}/`);
}

function refuseUnknown(pattern: string, option: string, checks: readonly Check[]): void {
  if (Object.hasOwn(lines, pattern) || checks.some((check) => matches(pattern, check))) return;
  const groups = checks.map(({ id }) => `${id.slice(0, id.indexOf('/'))}/*`);
  const names = [...new Set([...checks.map(({ id }) => id), ...groups, ...Object.keys(lines)])];
  const close = nearest(pattern, names);
  throw new AuditMistake(
    'audit/check',
    `${option} ${JSON.stringify(pattern)} names no check.`,
    'A name that does not exist would choose nothing, and look as if it did.',
    close.length > 0
      ? `Did you mean ${close.join(' or ')}?`
      : 'Name a check (django/ssl-redirect), a group (django/*) or a line of the checklist (https).',
  );
}
