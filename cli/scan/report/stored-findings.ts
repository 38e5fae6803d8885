import type { Finding, Place } from '../../finding/finding.ts';

/** A finding, and where its data was stored for the whole program, if it was. */
export interface StoredFinding {
  readonly finding: Finding;
  readonly store?: Store | undefined;
}

/** A store of untrusted data in a variable of a module, which functions read that other requests run. */
export interface Store {
  /** The same for all paths from one source through one variable. */
  readonly key: string;
  /** How the store is described: `is stored in X`. */
  readonly how: string;
  /** The source, as the code spells it. */
  readonly from: string;
  readonly place: Place;
  /** The message of the rule, without the source and the sink. */
  readonly words: string;
  /** The sentence that names the check in front of the source, or an empty text. */
  readonly behind: string;
}

/** Up to this number of uses, each is reported at its own place. */
const fewUses = 3;

/**
 * Makes one finding of those whose data is stored in one variable of a module and read in many places, such as the settings of a
 * program: at the store, where it can be checked for all of them.
 */
export function storedFindings(found: readonly StoredFinding[]): Finding[] {
  const stores = new Map<string, StoredFinding[]>();
  for (const one of found) {
    const key = one.store && `${one.finding.rule} ${one.finding.confidence} ${one.store.key}`;
    if (key === undefined) continue;
    const others = stores.get(key);
    if (others) others.push(one);
    else stores.set(key, [one]);
  }
  const grouped = [...stores.values()].filter((uses) => uses.length > fewUses);
  const hidden = new Set(grouped.flat());
  return [...found.filter((one) => !hidden.has(one)).map(({ finding }) => finding), ...grouped.map(atStore)];
}

function atStore(uses: readonly StoredFinding[]): Finding {
  const { finding, store } = uses.reduce((best, one) =>
    one.finding.steps.length < best.finding.steps.length ? one : best,
  );
  if (!store) return finding;
  const use = finding.steps.at(-1)?.message;
  const others = `${uses.length - 1} other places`;
  const message = `${store.words}: ${store.from} ${store.how}, and ${use} and ${others}.${store.behind}`;
  // Fixes edit the sink at the place of a finding.
  return { ...finding, message, place: store.place, sink: '' };
}
