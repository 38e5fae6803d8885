import type { Attack } from './attack.ts';

/** Why a payload that is known to work elsewhere takes nothing from the undefended application at this endpoint. */
export function reasonFor(attack: Attack): string | undefined {
  return reasons.find(
    ({ group, endpoint, payload }) =>
      group === attack.group && endpoint.test(attack.endpoint) && payload.test(attack.payload),
  )?.why;
}

interface Reason {
  readonly group: Attack['group'];
  readonly endpoint: RegExp;
  readonly payload: RegExp;
  readonly why: string;
}

const reasons: readonly Reason[] = [];
