import type { LookupAddress } from 'node:dns';
import { type Denied, deny } from '../../refusal/decision.ts';
import type { Gate } from './gate.ts';
import type { Attempt } from './log/decision-line.ts';
import { findRole, type Shown } from './role/authenticate.ts';
import { decideRequest, decideResolved } from './role/decide-role.ts';

/** What was let pass, with all that it was decided by. */
export interface Granted {
  readonly attempt: Attempt;
  readonly shown: Shown;
  readonly answers: readonly LookupAddress[];
}

/** The rules of a moment. They are others after a reload, and the certificates only where the authority is another one. */
export type Rules = Pick<Gate, 'settings' | 'certificates'>;

export function rulesOf({ settings, certificates }: Gate): Rules {
  return { settings, certificates };
}

/**
 * Decides by the rules of now what was granted by those of before: a tunnel that is open, and what a reload overtook
 * while its name was resolved or its connection was made.
 */
export function decideAgain(
  { attempt, shown, answers }: Granted,
  before: Rules,
  now: Rules,
): Denied | undefined {
  if (before.settings === now.settings) return undefined;
  const { method } = attempt;
  // Another authority: nobody here knows whether it would have signed the certificate.
  const known = before.certificates === now.certificates ? shown : { ...shown, certificate: undefined };
  const role = findRole(now.settings.roles, known, method);
  if ('allow' in role) return role;
  if (role.name !== attempt.role?.name) {
    return deny('gateway/unauthenticated', { method, why: 'another role since the reload' });
  }
  return decideRequest(role, method, attempt).denied ?? decideResolved(role, answers, attempt).denied;
}
