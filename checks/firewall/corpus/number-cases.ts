import type { Draft, ProvenCase } from './firewall-case.ts';

/** Drafts of one family with their ids, each text and request once. */
export function numberCases(family: string, attack: boolean, drafts: Iterable<Draft>): ProvenCase[] {
  const cases: ProvenCase[] = [];
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  for (const draft of drafts) {
    const key = JSON.stringify([
      draft.dialect,
      draft.text,
      draft.inputs,
      (draft.values ?? []).map(
        (value) => `${typeof value} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
      ),
      draft.noBackslash,
    ]);
    if (seen.has(key)) continue;
    seen.add(key);
    const count = (counts.get(draft.dialect) ?? 0) + 1;
    counts.set(draft.dialect, count);
    cases.push({
      id: `${attack ? 'attack' : 'legitimate'}-${family}-${draft.dialect}-${count}`,
      family,
      attack,
      ...draft,
    });
  }
  return cases;
}
