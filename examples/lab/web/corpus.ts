import { allAttacks } from '../attack/all-attacks.ts';
import type { Attack } from '../attack/attack.ts';

export interface CorpusPayload {
  readonly group: Attack['group'];
  readonly name: string;
  readonly payload: string;
}

/** Each payload that a run fires, once for its group. */
export const corpus: readonly CorpusPayload[] = [
  ...new Map(
    allAttacks().map(({ group, name, payload }) => [`${group}\0${payload}`, { group, name, payload }]),
  ).values(),
];

/** The name of a payload in the corpus. */
export function nameOf(payload: string): string | undefined {
  return corpus.find((one) => one.payload === payload)?.name;
}
