import type { Automaton } from './automaton.ts';

/** The strongly connected components of an automaton. */
export interface Components {
  /** The number of each state's component. */
  readonly of: readonly number[];
  /** The states of each component, by its number. Edges only lead to components with the same or a smaller number. */
  readonly states: readonly (readonly number[])[];
  /** Numbers of the components that have a cycle. */
  readonly loops: readonly number[];
}

/** Finds the strongly connected components of an automaton, by Tarjan's algorithm without recursion. */
export function componentsOf({ edges }: Automaton): Components {
  const of: number[] = new Array(edges.length).fill(-1);
  const index: number[] = new Array(edges.length).fill(-1);
  const low: number[] = [];
  const stack: number[] = [];
  const states: number[][] = [];
  let count = 0;
  for (let root = 0; root < edges.length; root++) {
    if (index[root] !== -1) continue;
    const work = [{ state: root, edge: 0 }];
    while (work.length > 0) {
      const top = work[work.length - 1] as { state: number; edge: number };
      const { state } = top;
      if (index[state] === -1) {
        index[state] = low[state] = count++;
        stack.push(state);
      }
      const next = edges[state]?.[top.edge++]?.to;
      if (next !== undefined) {
        if (index[next] === -1) work.push({ state: next, edge: 0 });
        else if (of[next] === -1) low[state] = Math.min(low[state] as number, index[next] as number);
        continue;
      }
      work.pop();
      const above = work.at(-1)?.state;
      if (above !== undefined) low[above] = Math.min(low[above] as number, low[state] as number);
      if (low[state] !== index[state]) continue;
      const members: number[] = [];
      for (let one = -1; one !== state; ) {
        one = stack.pop() as number;
        of[one] = states.length;
        members.push(one);
      }
      states.push(members.reverse());
    }
  }
  const loops = states.flatMap((members, i) =>
    members.length > 1 || edges[members[0] as number]?.some(({ to }) => to === members[0]) ? [i] : [],
  );
  return { of, states, loops };
}
