/** Begins a path that is known from the root of the project on, as `__dirname` is. No path of a machine has it. */
export const projectRoot = '/\u0001';

/** Relative to the root of the project; undefined for a path that is not known to be in it. */
export function pathInProject(path: string | undefined): string | undefined {
  if (path === undefined || path.includes('\0') || !path.startsWith(projectRoot)) return undefined;
  return path.slice(projectRoot.length).replace(/^\//, '').replace(/\/$/, '');
}
