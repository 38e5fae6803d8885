/** Whether a manifest belongs to what the project ships: none of tests, examples, documentation or templates. */
export function isOwnManifest(path: string): boolean {
  return !/(^|\/)(tests?|__tests__|testing|testdata|specs?|e2e|fixtures?|__fixtures__|examples?|samples?|demos?|docs?|documentation|vendor|third[-_]party|node_modules|bench(marks?)?|cookiecutter[^/]*|\{\{[^/]*)\//i.test(
    path,
  );
}

/** The folder of a path: `` for the root. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** `a/b`, `a` and the root, of which the last is ``. */
export function foldersUp(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), ''];
}

export function inside(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
