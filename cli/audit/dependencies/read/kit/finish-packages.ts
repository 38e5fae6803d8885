import type { LockedPackage } from '../../package-graph.ts';
import type { Draft, Edge } from './draft.ts';

/**
 * Finds out what needs each package: whether nothing but development, optional or peer dependencies do, and the shortest way to it.
 * What the file itself says takes precedence. A package that nothing needs counts as one of production.
 *
 * @param roots what the manifests ask for
 */
export function finishPackages(drafts: readonly Draft[], roots: readonly Edge[]): readonly LockedPackage[] {
  const byId = new Map(drafts.map((one) => [one.id, one]));
  const all = reached(byId, roots, () => true);
  const production = reached(byId, roots, ({ kind }) => kind !== 'dev');
  const required = reached(byId, roots, ({ kind }) => kind !== 'optional');
  const unpeered = reached(byId, roots, ({ kind }) => kind !== 'peer');
  const direct = new Set(roots.map(({ to }) => to));
  return drafts.map(({ edges, ...draft }) => {
    const { id } = draft;
    const isKnown = all.has(id);
    return {
      ...draft,
      isDev: draft.isDev ?? (isKnown && !production.has(id)),
      isOptional: draft.isOptional ?? (isKnown && !required.has(id)),
      isPeer: draft.isPeer ?? (isKnown && !unpeered.has(id)),
      isDirect: direct.has(id),
      via: wayTo(id, production.has(id) ? production : all, byId),
      needs: [...new Set(edges.map(({ to }) => to))].filter((to) => byId.has(to)),
    };
  });
}

type Reached = ReadonlyMap<string, string | undefined>;

/** The packages that are reached by edges of some kinds, each with the one before it on a shortest way. */
function reached(
  byId: ReadonlyMap<string, Draft>,
  roots: readonly Edge[],
  follows: (edge: Edge) => boolean,
): Reached {
  const before = new Map<string, string | undefined>();
  const open: string[] = [];
  const add = (edges: readonly Edge[], from?: string): void => {
    for (const edge of edges) {
      if (before.has(edge.to) || !byId.has(edge.to) || !follows(edge)) continue;
      before.set(edge.to, from);
      open.push(edge.to);
    }
  };
  add(roots);
  for (let at = 0; at < open.length; at++) {
    const id = open[at] ?? '';
    add(byId.get(id)?.edges ?? [], id);
  }
  return before;
}

const longestWay = 100;

function wayTo(id: string, before: Reached, byId: ReadonlyMap<string, Draft>): readonly string[] {
  if (!before.has(id)) return [];
  const names: string[] = [];
  for (let at: string | undefined = id; at !== undefined && names.length < longestWay; at = before.get(at)) {
    const draft = byId.get(at);
    names.unshift(draft?.alias ?? draft?.name ?? at);
  }
  return names;
}
