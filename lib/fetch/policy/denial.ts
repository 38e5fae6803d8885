import { passesInReport, refusalOf } from '../../internal/refuse.ts';
import type { RefusalCode } from '../../refusal/codes.ts';
import type { Denied } from '../../refusal/decision.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import type { FetchPolicy } from './policy.ts';

/** Adds the policy's name and how many redirects came before, so that an event says which fetch it was. */
function placed<C extends RefusalCode>(denied: Denied<C>, policy: FetchPolicy, redirects: number): Denied<C> {
  return {
    ...denied,
    detail: {
      ...denied.detail,
      ...(policy.name !== undefined && { policy: policy.name }),
      ...(redirects > 0 && { redirects }),
    },
  };
}

export function fetchRefusal<C extends RefusalCode>(
  denied: Denied<C>,
  policy: FetchPolicy,
  redirects: number,
  cause?: unknown,
): Refusal<C> {
  return refusalOf(placed(denied, policy, redirects), cause);
}

/** True where report mode lets a denial pass; the event is written then. */
export function passesReported(denied: Denied, policy: FetchPolicy, redirects: number): boolean {
  return passesInReport(placed(denied, policy, redirects), policy.mode);
}

/**
 * An error for undici to carry from the connector to the request: what a connection was denied for. It becomes a
 * refusal, with its event, only in the request that was waiting, as that one knows who asked.
 */
export function denialError(denied: Denied): Error {
  const error = new Error('The destination was denied.');
  denials.set(error, denied);
  return error;
}

/** The denial in an error or in what caused it. */
export function denialIn(error: unknown): Denied | undefined {
  for (let depth = 0, e = error; depth < 8 && e instanceof Error; depth++, e = e.cause) {
    const denied = denials.get(e);
    if (denied) return denied;
  }
  return undefined;
}

const denials = new WeakMap<Error, Denied>();
