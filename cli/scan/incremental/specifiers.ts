import type { SourceFile } from '../project/project.ts';

/** What a file names as imported, as written. Its text is looked at, not read: it may name more than the code imports. */
export function specifiersIn({ language, text }: SourceFile): ReadonlySet<string> {
  return language === 'python' ? pythonSpecifiers(text) : scriptSpecifiers(text);
}

/** `from 'x'`, `import 'x'`, `import('x')`, `require('x')`; in components and pages too. */
const quoted =
  /\b(?:from|import|require)\s{0,20}\(?\s{0,20}(?:\/\*[^*]{0,200}\*\/\s{0,20})?(["'`])([^"'`\n]{1,300})\1/g;

function scriptSpecifiers(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, , specifier] of text.matchAll(quoted)) found.add(specifier as string);
  return found;
}

const pythonImport =
  /(?:^|;)[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(\([^)]{0,5000}|[^\n;]{0,2000})|import[ \t]+([^\n;]{1,2000}))/gm;
const byName = /\b(?:import_module|__import__)\(\s*["']([\w.]{1,300})["']/g;

function pythonSpecifiers(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, from, names = '', modules = ''] of text.matchAll(pythonImport)) {
    if (from !== undefined) {
      found.add(from);
      // What is imported from a package may be a module in it.
      for (const [name] of names.replace(/#[^\n]*/g, '').matchAll(/\w+/g))
        found.add(from.endsWith('.') ? from + name : `${from}.${name}`);
    }
    for (const [name] of modules.matchAll(/[\w.]+/g)) found.add(name);
  }
  for (const [, name] of text.matchAll(byName)) found.add(name as string);
  return found;
}
