import { isAbsolute, sep } from 'node:path';

export interface LinkTarget {
  readonly names: readonly string[];
  /** True if the names start at the root, and false if they start where the link is. */
  readonly fromFloor: boolean;
}

/** The target of a link, or undefined for an absolute path that starts with none of `floors`, the names of the root. */
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

/** A dot or a slash at the end is kept, as a dot: only a directory has one. */
function namesOf(text: string): readonly string[] {
  const names = text.split(sep === '\\' ? /[\\/]/ : '/');
  const given = names.filter((name) => name !== '');
  return names.at(-1) === '' ? [...given, '.'] : given;
}
