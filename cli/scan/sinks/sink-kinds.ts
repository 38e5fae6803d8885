import type { NarrowSource, SinkKind } from './kind.ts';
import * as registry from './kinds.ts';

/** The name of a kind of sinks, as models and rules write it. */
export type SinkId = (typeof registry)[keyof typeof registry]['id'];

/** All kinds of sinks, in the order of their names. */
export const sinkKinds: readonly SinkKind<SinkId>[] = Object.values(registry);

/** The names of all kinds of sinks. */
export const sinkIds: readonly SinkId[] = sinkKinds.map(({ id }) => id);

const byId: ReadonlyMap<string, SinkKind<SinkId>> = new Map(sinkKinds.map((kind) => [kind.id, kind]));

/**
 * Returns the description of a kind. A user's model may name a kind that doesn't exist: its description then has no
 * optional properties.
 */
export function sinkKind(id: SinkId): SinkKind {
  return byId.get(id) ?? { id, takes: 'text' };
}

/**
 * Whether data from a narrow source is harmful in this kind of sink. A narrow source gives data that most sinks take
 * without harm, such as stored data or an error.
 */
export function isHarmfulOf(source: NarrowSource, id: SinkId): boolean {
  return sinkKind(id).harmfulSources?.includes(source) ?? false;
}
