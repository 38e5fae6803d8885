import { record } from '../event/record.ts';
import { codes, type RefusalCode } from '../refusal/codes.ts';
import type { Decision, Denied } from '../refusal/decision.ts';
import { Refusal } from '../refusal/refusal.ts';
import { currentRequest } from '../request/context.ts';
import { enforced, type Mode } from './mode.ts';

/** Writes the event and makes the error, for places that hand an error on instead of throwing it. */
export function refusalOf<C extends RefusalCode>(denied: Denied<C>, cause?: unknown): Refusal<C> {
  record(denied.code, 'blocked', denied.detail);
  const requestId = currentRequest()?.id;
  return new Refusal(denied.code, {
    detail: denied.detail,
    ...(denied.hint !== undefined && { hint: denied.hint }),
    ...(requestId !== undefined && { requestId }),
    ...(cause !== undefined && { cause }),
  });
}

export function refuse<C extends RefusalCode>(denied: Denied<C>, cause?: unknown): never {
  throw refusalOf(denied, cause);
}

/** True where report mode lets this denial pass; the event says so. */
export function passesInReport(denied: Denied, mode: Mode): boolean {
  const entry = codes[denied.code];
  // `in` would ask the prototype too, and that may be polluted.
  if (!Object.hasOwn(entry, 'reportable') || Date.now() >= mode.reportUntil) return false;
  record(denied.code, 'reported', denied.detail);
  return true;
}

/** The one place where a decision becomes a throw. */
export function enforce(decision: Decision, mode: Mode = enforced): void {
  if (decision.allow || passesInReport(decision, mode)) return;
  refuse(decision);
}
