import { maxFacts } from '../../budgets/dataflow.ts';
import { allKinds, type Kinds, noKinds } from './kinds.ts';

/**
 * A list of what guards have proven on every path to a point, newest fact first. Each fact says that the value with the
 * value number `value` is harmless in sinks of the kinds `clean`. Lists of different blocks share their tails.
 */
export interface Facts {
  readonly value: number;
  readonly clean: Kinds;
  /**
   * The part of a conjunction that was proven, undefined if none was. `local` (starts with `/`) and `single` (does not start with
   * `//`) prove nothing alone; together they prove that a redirect stays on this site.
   */
  readonly conjunct: Conjunct | undefined;
  readonly before: Facts | undefined;
}

/** The name of a conjunctive guard: a check that proves something only together with others. */
export type Conjunct =
  | 'local'
  | 'single'
  | 'no-second-slash'
  | 'no-second-backslash'
  | 'not-up'
  | 'relative'
  | 'not-proto'
  | 'not-constructor'
  | 'named'
  | 'valid';

/**
 * Guards that prove something only together: a value for which all `parts` are proven is harmless in sinks of the kinds
 * `clean`.
 */
export interface Conjunction {
  readonly parts: readonly Conjunct[];
  readonly clean: Kinds;
}

/** Adds a fact in front of the others, which stay unchanged. */
export function add(facts: Facts | undefined, value: number, clean: Kinds, conjunct?: Conjunct): Facts {
  return { value, clean, conjunct, before: facts };
}

/**
 * The kinds of sinks for which a value is proven harmless. A single fact may prove this, or several conjunctive guards that
 * together are all parts of one of `wholes`.
 * @param value the value number of the value
 */
export function provenKinds(facts: Facts | undefined, value: number, wholes: readonly Conjunction[]): Kinds {
  let clean = noKinds;
  let halves: Conjunct[] | undefined;
  let left = maxFacts;
  for (let at = facts; at && left-- > 0; at = at.before) {
    if (at.value !== value) continue;
    clean = clean.union(at.clean);
    if (at.conjunct) {
      halves ??= [];
      halves.push(at.conjunct);
    }
    if (clean === allKinds) return clean;
  }
  return halves ? clean.union(provenTogether(halves, wholes)) : clean;
}

/** The kinds of sinks for which a value is harmless because all of these conjunctive guards are proven for it. */
export function provenTogether(conjuncts: readonly Conjunct[], wholes: readonly Conjunction[]): Kinds {
  let clean = noKinds;
  for (const { parts, clean: proven } of wholes)
    if (parts.every((conjunct) => conjuncts.includes(conjunct))) clean = clean.union(proven);
  return clean;
}

/** Whether this conjunctive guard is proven for the value with this value number. */
export function holdsConjunct(facts: Facts | undefined, value: number, conjunct: Conjunct): boolean {
  let left = maxFacts;
  for (let at = facts; at && left-- > 0; at = at.before)
    if (at.value === value && at.conjunct === conjunct) return true;
  return false;
}

/** The meet of the facts at a merge: those that hold on both branches. `common` is the tail that both lists share. */
export function meet(
  a: Facts | undefined,
  b: Facts | undefined,
  common: Facts | undefined,
): Facts | undefined {
  let met = common;
  for (const one of until(a, common)) {
    let clean = noKinds;
    let isConjunct = false;
    for (const other of until(b, common)) {
      if (other.value !== one.value) continue;
      clean = clean.union(other.clean.intersect(one.clean));
      isConjunct ||= one.conjunct !== undefined && (other.conjunct === one.conjunct || isHarmless(other));
    }
    if (clean !== noKinds || isConjunct)
      met = { value: one.value, clean, conjunct: isConjunct ? one.conjunct : undefined, before: met };
  }
  // `if path:` skips the checks of an empty text, for which each of them holds.
  const harmless = until(a, common).filter(isHarmless);
  if (harmless.length > 0)
    for (const { value, conjunct } of until(b, common))
      if (conjunct && harmless.some((one) => one.value === value && one.conjunct !== conjunct))
        met = { value, clean: noKinds, conjunct, before: met };
  return met;
}

function isHarmless({ clean }: Facts): boolean {
  return clean.includes(allKinds);
}

function until(facts: Facts | undefined, end: Facts | undefined): Facts[] {
  const all: Facts[] = [];
  for (let at = facts; at && at !== end && all.length < maxFacts; at = at.before) all.push(at);
  return all;
}
