import { type Kinds, kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import { charactersOf } from './pattern-kinds.ts';

/** Matches anything up to the last of some characters: `^.*[/\\]`, where the dot matches line breaks too. */
const upToLast =
  /^(?:\^|\\A)?(?:\.|\[\\([sdw])\\([SDW])\]|\[\^\])\*(\[(?:[^\]\\]|\\.){1,40}\]|\\?[^\w\s[(.*+?])$/;

/**
 * The sink kinds that a text is clean for once a replacement has removed everything up to its last slash. None if the
 * replacement doesn't do that.
 */
export function leavesLastPart(source: string, flags: string, by: string | undefined): Kinds {
  const inline = /^\(\?([a-zA-Z]+)\)/.exec(source);
  const [, small, large, unit] = upToLast.exec(source.slice(inline?.[0].length ?? 0)) ?? [];
  const isDot = small === undefined && source.includes('.*');
  if (unit === undefined || by === undefined || /[/\\]/.test(by)) return noKinds;
  if (isDot && !flags.includes('s') && !inline?.[1]?.includes('s')) return noKinds;
  if (small !== undefined && small !== large?.toLowerCase()) return noKinds;
  return charactersOf(unit)?.has('/') ? kinds('path', 'upload') : noKinds;
}
