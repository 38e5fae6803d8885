import type { CodeView } from '../../../../scan/code-view.ts';
import type { Evidence } from '../../../check/outcome.ts';
import type { LockedPackage } from '../../package-graph.ts';
import { moduleNames } from './module-names.ts';

/** `reached`: a file that answers requests imports it. */
export type ReachLevel = 'imported' | 'not-imported' | 'reached' | 'unknown';

export interface Reach {
  readonly level: ReachLevel;
  readonly evidence: readonly Evidence[];
}

const most = 3;

/**
 * Whether the code imports a package, or the direct dependency that brings it. This ranks vulnerabilities and never excuses one: a
 * package that no file imports may still be loaded by another.
 *
 * @param functions that the advisory names
 */
export function reachOf(
  of: LockedPackage,
  functions: readonly string[],
  view: CodeView,
  read: (path: string) => string | undefined,
): Reach {
  const [first = of.name] = of.via;
  const asked = of.isDirect || of.via.length < 2 ? (of.alias ?? of.name) : first;
  const { names, isSure } = moduleNames(of.ecosystem, asked);
  const imports = view.imports.filter((one) => names.includes(one.package));
  if (imports.length === 0) return notImported(asked, isSure && view.gaps.length === 0);
  const routes = view.routes.filter(({ place }) => imports.some(({ path }) => path === place.path));
  return {
    level: routes.length > 0 ? 'reached' : 'imported',
    evidence: [
      ...imports.slice(0, most).map(({ path, line }) => ({ text: `imports ${asked}`, path, line })),
      ...routes.slice(0, most).map(({ method, pattern, place: { path, line } }) => ({
        text: `${method} ${pattern} is answered by a file that imports ${asked}`,
        path,
        line,
      })),
      ...(routes.length > 0 ? [] : [{ text: 'Whether a request reaches it is not known.' }]),
      ...functionsIn(imports, functions, read),
    ],
  };
}

function notImported(name: string, isSure: boolean): Reach {
  return isSure
    ? { level: 'not-imported', evidence: [{ text: `No file imports ${name}.` }] }
    : {
        level: 'unknown',
        evidence: [{ text: `No import of ${name} was found, and it may have been missed.` }],
      };
}

function functionsIn(
  imports: CodeView['imports'],
  functions: readonly string[],
  read: (path: string) => string | undefined,
): readonly Evidence[] {
  if (functions.length === 0) return [{ text: 'The advisory names no functions.' }];
  const names = functions.flatMap(
    (one) => /[A-Za-z_$][\w$]*$/.exec(one.replace(/\(.*$/, '').slice(-100)) ?? [],
  );
  const found = imports.flatMap(({ path }) => {
    const lines = (read(path) ?? '').split('\n');
    const at = lines.findIndex((line) => (line.match(/[\w$]+/g) ?? []).some((word) => names.includes(word)));
    return at < 0 ? [] : [{ text: (lines[at] ?? '').trim().slice(0, 200), path, line: at + 1 }];
  });
  const listed = functions.slice(0, most).join(', ');
  if (found.length === 0)
    return [{ text: `No file that imports it names a function of the advisory: ${listed}.` }];
  return found.slice(0, most);
}
