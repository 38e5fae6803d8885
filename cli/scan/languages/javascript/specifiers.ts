/** `from 'x'`, `import 'x'`, `import('x')`, `require('x')`; also in components and pages. */
const quoted =
  /\b(?:from|import|require)\s{0,20}\(?\s{0,20}(?:\/\*[^*]{0,200}\*\/\s{0,20})?(["'`])([^"'`\n]{1,300})\1/g;

/**
 * Finds the specifiers that a script, component or page may import. It searches the text without parsing it, so it may find
 * too many.
 */
export function scriptSpecifiers(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, , specifier] of text.matchAll(quoted)) found.add(specifier as string);
  return found;
}

/** Returns the package of a specifier: `@scope/name` for `@scope/name/part`. */
export function npmPackageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
