import type { Check } from '../check/check.ts';
import { unknown } from '../check/outcome.ts';
import type { CheckResult } from '../line/judge-lines.ts';
import type { Attestation } from './attestation.ts';

/** Whether an attestation no longer counts on a day; it does on the day that it names. */
export function isExpired({ until }: Attestation, day: string): boolean {
  return until < day;
}

/** What an attestation says that has expired: nothing, and who can renew it. */
export function lapsed({ aspect, by, until, path }: Attestation): CheckResult {
  const check: Check = {
    id: 'audit/attestation',
    aspect,
    title: 'What is attested is confirmed in time.',
    why: 'What was true once may no longer be.',
    severity: 'low',
    cwe: [],
    asvs: [],
    run: () => [],
  };
  const outcome = unknown(
    `What ${by} attested was valid until ${until}.`,
    `Let ${by} confirm it, and set a new \`until\` in ${path}.`,
  );
  return { check, outcomes: [outcome] };
}
