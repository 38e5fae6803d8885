/** Finds the file of a module, as Python would: below the folders that programs are started in. */
export function moduleFinder(paths: readonly string[]): (name: string, from: string) => string | undefined {
  const all = new Set(paths);
  const starts = [...new Set(['', ...paths.filter((path) => /(^|\/)manage\.py$/.test(path)).map(folderOf)])];
  const fileOf = (folder: string, name: string): string | undefined => {
    const base = joined(folder, name.replaceAll('.', '/'));
    return [`${base}.py`, base === '' ? '__init__.py' : `${base}/__init__.py`].find((path) => all.has(path));
  };
  return (name, from) => {
    const dots = /^\.*/.exec(name)?.[0].length ?? 0;
    if (name.length > 200 || /[^\w.]/.test(name)) return undefined;
    if (dots > 0) {
      let folder = folderOf(from);
      for (let up = 1; up < dots; up++) folder = folderOf(folder);
      return fileOf(folder, name.slice(dots));
    }
    const around: string[] = [];
    for (let folder = folderOf(from); ; folder = folderOf(folder)) {
      // A folder with this file is a package: what lies in it is imported by the package's name.
      if (!all.has(joined(folder, '__init__.py'))) around.push(folder);
      if (folder === '') break;
    }
    for (const folder of [...around, ...starts]) {
      const found = fileOf(folder, name);
      if (found !== undefined && found !== from) return found;
    }
    return undefined;
  };
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : name === '' ? folder : `${folder}/${name}`;
}
