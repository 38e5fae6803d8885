import type { NarrowSource, SinkKind } from './kind.ts';
import * as registry from './kinds.ts';

/** The name of a kind of sinks, as models and rules write it. */
export type SinkId = (typeof registry)[keyof typeof registry]['id'];

/** All kinds of sinks, in the order of their names. */
export const sinkKinds: readonly SinkKind<SinkId>[] = Object.values(registry);

/** Their names. */
export const sinkIds: readonly SinkId[] = sinkKinds.map(({ id }) => id);

const byId: ReadonlyMap<string, SinkKind<SinkId>> = new Map(sinkKinds.map((kind) => [kind.id, kind]));

/** What the engine knows of a kind: nothing of one that does not exist, which a model of a user's may name. */
export function sinkKind(id: SinkId): SinkKind {
  return byId.get(id) ?? { id, takes: 'text' };
}

/** Whether the data of a source that does harm in a few kinds of sinks does so in this one. */
export function isHarmfulOf(source: NarrowSource, id: SinkId): boolean {
  return sinkKind(id).harmfulSources?.includes(source) ?? false;
}
