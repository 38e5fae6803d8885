import type { ProvenCase } from './corpus/firewall-case.ts';

export interface Tally {
  cases: number;
  wrong: number;
  debatable: number;
  refused: number;
}

/** By family, and for all attacks and all others; `wrong` are those that are not debatable. */
export function tallyCases(
  cases: readonly ProvenCase[],
  refused: (one: ProvenCase) => boolean,
): { readonly rows: Readonly<Record<string, Tally>>; readonly wrong: readonly ProvenCase[] } {
  const rows: Record<string, Tally> = {};
  const wrong: ProvenCase[] = [];
  for (const one of cases) {
    const stopped = refused(one);
    const mistaken = stopped !== one.attack && !one.debatable;
    if (mistaken) wrong.push(one);
    for (const name of [
      `${one.attack ? 'attack' : 'legitimate'} ${one.family}`,
      one.attack ? 'attacks' : 'legitimate',
    ]) {
      rows[name] ??= { cases: 0, wrong: 0, debatable: 0, refused: 0 };
      const row = rows[name];
      if (one.debatable) {
        row.debatable++;
        if (stopped) row.refused++;
      } else row.cases++;
      if (mistaken) row.wrong++;
    }
  }
  return { rows, wrong };
}
