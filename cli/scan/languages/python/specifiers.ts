const written =
  /(?:^|;)[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(\([^)]{0,5000}|[^\n;]{0,2000})|import[ \t]+([^\n;]{1,2000}))/gm;
const byName = /\b(?:import_module|__import__)\(\s*["']([\w.]{1,300})["']/g;

/** Finds the specifiers that a Python file may import. It searches the text without parsing it, so it may find too many. */
export function pythonSpecifiers(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, from, names = '', modules = ''] of text.matchAll(written)) {
    if (from !== undefined) {
      found.add(from);
      // A name that is imported from a package may be a module in it.
      for (const [name] of names.replace(/#[^\n]*/g, '').matchAll(/\w+/g))
        found.add(from.endsWith('.') ? from + name : `${from}.${name}`);
    }
    for (const [name] of modules.matchAll(/[\w.]+/g)) found.add(name);
  }
  for (const [, name] of text.matchAll(byName)) found.add(name as string);
  return found;
}

/** Returns the package of a specifier: `sqlalchemy` for `sqlalchemy.orm`. */
export function pythonPackageOf(specifier: string): string {
  return specifier.split('.', 1)[0] ?? specifier;
}
