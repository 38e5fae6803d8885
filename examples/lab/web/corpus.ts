import { allAttacks } from '../attack/all-attacks.ts';
import type { Attack, Place } from '../attack/attack.ts';

export interface CorpusPayload {
  readonly group: Attack['group'];
  readonly name: string;
  readonly payload: string;
  /** A visitor cannot send it elsewhere. */
  readonly fixed: boolean;
}

/** Each payload that a run fires, once for its group. */
export const corpus: readonly CorpusPayload[] = [
  ...new Map(
    allAttacks().map(({ group, name, payload, fixed = false }) => [
      `${group}\0${payload}`,
      { group, name, payload, fixed },
    ]),
  ).values(),
];

/** Whether a run fires a payload at this place. */
export function isOwn({ group, endpoint }: Place, payload: string): boolean {
  return allAttacks().some(
    (one) => one.group === group && one.endpoint === endpoint && one.payload === payload,
  );
}

/** The name of a payload in the corpus. */
export function nameOf(payload: string): string | undefined {
  return corpus.find((one) => one.payload === payload)?.name;
}
