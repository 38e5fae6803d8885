import type { Linked } from '../link/linked.ts';
import type { Api, State } from '../model/api.ts';
import type { SinkKind, SourceKind } from '../model/model.ts';

/** What the data of a source does harm in, where that is not nearly everything. */
const harmfulIn: Readonly<Partial<Record<SourceKind, readonly SinkKind[]>>> = {
  stored: ['xss', 'csv', 'link', 'template'],
  secret: ['leak', 'log'],
  error: ['leak'],
};

/**
 * The kinds of sources that can do harm in a program: the text of an error is looked for only where something
 * is sent to somebody.
 */
export function harmfulSources(
  linked: Linked,
  apis: (language: 'javascript' | 'python') => Api,
): ReadonlySet<SourceKind> {
  const sinks = sinksInUse(linked, apis);
  const all: readonly SourceKind[] = ['remote', 'browser', 'stored', 'secret', 'error'];
  return new Set(
    all.filter((source) => {
      const kinds = harmfulIn[source];
      return !kinds || kinds.some((kind) => sinks.has(kind));
    }),
  );
}

/** The kinds of sinks of the libraries that a program passes, stores or returns something to. */
function sinksInUse(linked: Linked, apis: (language: 'javascript' | 'python') => Api): ReadonlySet<SinkKind> {
  const kinds = new Set<SinkKind>();
  const seen = new Set<State>();
  for (const { id, module, func } of linked.program.functions) {
    const { states } = apis(linked.program.modules[module]?.language === 'python' ? 'python' : 'javascript');
    const visit = (ids: Iterable<number>): void => {
      for (const one of ids) {
        const state = states[one];
        if (!state || seen.has(state)) continue;
        seen.add(state);
        for (const { kind } of state.sinks) kinds.add(kind);
        for (const inner of state.members.values()) visit(inner);
        visit(state.anyMember);
      }
    };
    for (const state of linked.handedTo(id)) visit(state.returns);
    for (const inst of func.code) {
      if (inst.op === 'call')
        for (const state of linked.states(id, inst.callee)) for (const step of state.args) visit(step.to);
      else if (inst.op === 'store' || inst.op === 'store-index') {
        for (const state of linked.states(id, inst.object)) {
          visit(
            inst.op === 'store' ? (state.members.get(inst.name) ?? []) : [...state.members.values()].flat(),
          );
          visit(state.anyMember);
        }
      }
    }
  }
  return kinds;
}
