/** `from 'x'`, `import 'x'`, `import('x')`, `require('x')`; also in components and pages. */
const quoted =
  /\b(?:from|import|require)\s{0,20}\(?\s{0,20}(?:\/\*[^*]{0,200}\*\/\s{0,20})?(["'`])([^"'`\n]{1,300})\1/g;

/** The specifiers that a script, a component or a page may import, found without parsing. */
export function scriptSpecifiers(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, , specifier] of text.matchAll(quoted)) found.add(specifier as string);
  return found;
}

/** `@scope/name` of `@scope/name/part`. */
export function npmPackageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
