import type { NarrowSource, SinkKind } from './kind.ts';
import * as registry from './kinds.ts';

/** The name of a kind of sinks, as models and rules write it. */
export type SinkId = (typeof registry)[keyof typeof registry]['id'];

/** All kinds of sinks, in the order of their names. */
export const sinkKinds: readonly SinkKind<SinkId>[] = Object.values(registry);

/** Their names. */
export const sinkIds: readonly SinkId[] = sinkKinds.map(({ id }) => id);

const byId: ReadonlyMap<string, SinkKind<SinkId>> = new Map(sinkKinds.map((kind) => [kind.id, kind]));

/** The description of a kind. A user's model may name one that does not exist: that one has no properties. */
export function sinkKind(id: SinkId): SinkKind {
  return byId.get(id) ?? { id, takes: 'text' };
}

/** Whether data of a narrow source does harm in this kind of sink. */
export function isHarmfulOf(source: NarrowSource, id: SinkId): boolean {
  return sinkKind(id).harmfulSources?.includes(source) ?? false;
}
