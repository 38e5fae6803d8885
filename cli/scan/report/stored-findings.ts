import type { Finding, Place } from '../../finding/finding.ts';

/**
 * A finding of a flow. `store` is the first place that stores the data in a variable of a module. Undefined if there is
 * none.
 */
export interface StoredFinding {
  readonly finding: Finding;
  readonly store?: Store | undefined;
}

/** A place that stores untrusted data in a variable of a module. Code that runs for other requests may read it there. */
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
  /**
   * The end of the message, which names the access check that protects the source: ` Only behind admin.`. It is empty
   * if no such check lowers the severity.
   */
  readonly behind: string;
}

/** Up to this number of uses, each is reported at its own place. */
const fewUses = 3;

/**
 * Merges findings if data of one source is stored in a variable of a module, such as a program's settings, and more than
 * `fewUses` places use it. The merged finding is at the place that stores the data, where one check is enough for all
 * uses. Other findings are returned unchanged.
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
