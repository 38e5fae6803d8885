import { isAbsolute, sep } from 'node:path';

export interface LinkTarget {
  readonly names: readonly string[];
  /** True if the names begin at the folder that can't be left, and false if where the link is. */
  readonly fromFloor: boolean;
}

/** What a link says, or undefined for an absolute path that begins with none of `floors`, the names of the folder that can't be left. */
export function linkTarget(target: string, floors: readonly string[]): LinkTarget | undefined {
  if (!isAbsolute(target)) {
    // On Windows a colon names another drive, or a stream.
    return sep === '\\' && target.includes(':') ? undefined : { names: namesOf(target), fromFloor: false };
  }
  const rest = floors
    .filter((floor) => startsIn(target, floor))
    .map((floor) => target.slice(floor.length))
    .at(0);
  return rest === undefined ? undefined : { names: namesOf(rest), fromFloor: true };
}

function startsIn(target: string, floor: string): boolean {
  return target === floor || target.startsWith(floor.endsWith(sep) ? floor : `${floor}${sep}`);
}

/** A dot or a slash at the end stays, as a dot: only a directory has that. */
function namesOf(text: string): readonly string[] {
  const names = text.split(sep === '\\' ? /[\\/]/ : '/');
  const given = names.filter((name) => name !== '');
  return names.at(-1) === '' ? [...given, '.'] : given;
}
