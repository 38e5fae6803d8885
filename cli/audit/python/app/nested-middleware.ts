import type { Node } from '../../../scan/languages/python/parse/tree.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { Subject } from '../../subject/subject.ts';
import { isForDevelopment } from '../deployed-variables.ts';
import { loadedReader, textOf } from '../module-file.ts';
import { isType, type Plain, type Value } from '../value.ts';
import { lastPart } from './extension.ts';
import type { PythonApp } from './find-apps.ts';
import { type AddedMiddleware, middlewareOf } from './middleware-of.ts';

const mostValues = 5000;
const mostDepth = 12;

/** Middleware of the application, of its parts, `Mount('/api', middleware=[Middleware(...)])`, and of what is mounted. */
export function middlewareWithin(app: PythonApp, name: string): readonly AddedMiddleware[] {
  const found: AddedMiddleware[] = [];
  const seen = new Set<Plain>();
  const walk = (value: Value | undefined, depth: number): void => {
    for (const { plain } of value ?? []) {
      if (plain === undefined || seen.has(plain) || depth > mostDepth || seen.size > mostValues) continue;
      if (isType(plain, 'list')) {
        for (const item of plain.items) walk(item, depth + 1);
        continue;
      }
      if (!isType(plain, 'object')) continue;
      seen.add(plain);
      const [first] = plain.given.positional[0] ?? plain.given.named.get('cls') ?? [];
      if (lastPart(plain.path) === 'Middleware' && classOf(first?.plain) === name) found.push(plain);
      for (const { name: called, given, spot } of plain.calls) {
        const [added] = given.positional[0] ?? given.named.get('middleware_class') ?? [];
        if (called === 'add_middleware' && classOf(added?.plain) === name) found.push({ given, spot });
      }
      for (const given of [plain.given, ...plain.calls.map((call) => call.given)])
        for (const one of [...given.positional, ...given.named.values()]) walk(one, depth + 1);
    }
  };
  walk([{ plain: app.object, spots: [] }] as unknown as Value, 0);
  const own = middlewareOf(app, name);
  return [...found, ...(own.kind === 'known' ? own.calls : [])];
}

/** Whether the applications hold each place of the project that names the class of a middleware. */
export function holdAllOf(apps: readonly PythonApp[], name: string, subject: Subject): boolean {
  const places = apps.flatMap((app) =>
    middlewareWithin(app, name).map(({ spot }) => `${spot.path}:${spot.line}`),
  );
  return new Set(places).size === mentions(subject, name);
}

function classOf(plain: Plain | undefined): string | undefined {
  return isType(plain, 'reference') ? lastPart(plain.path) : undefined;
}

/** How often code names the class, besides imports. */
function mentions(subject: Subject, name: string): number {
  const readModule = loadedReader(subject);
  let count = 0;
  for (const path of subject.paths) {
    if (!path.endsWith('.py') || !isProductionPath(path) || isForDevelopment(path)) continue;
    if (!(subject.read(path) ?? '').includes(name)) continue;
    const module = readModule?.(path);
    if (!module) return Number.NaN;
    const open: Node[] = [module.root];
    for (let node = open.pop(); node; node = open.pop()) {
      if (/^(import|import_from|future_import)_?statement$/.test(node.kind)) {
        if (textOf(module, node).includes(`${name} as`)) return Number.NaN;
        continue;
      }
      if (node.kind === 'identifier' && textOf(module, node) === name) count++;
      open.push(...node.children);
    }
  }
  return count;
}
