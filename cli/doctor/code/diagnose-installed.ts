import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import { bulwarkImports, type CodeProject, placeOf } from './code-project.ts';

/** Diagnoses imports that are never used, and bulwark installed more than once. */
export function diagnoseInstalled(project: CodeProject): readonly Diagnosis[] {
  return [unused(project), copies(project)];
}

function unused({ modules }: CodeProject): Diagnosis {
  const id = 'code/unused';
  const found = modules.flatMap((module) =>
    bulwarkImports(module)
      .filter(({ local }) => !module.names.has(local))
      .map(({ local, from, line }) => `${placeOf(module, line)}: ${local} of ${from}`),
  );
  if (found.length === 0) return ok(id, 'Everything that is imported from bulwark is used.');
  return wrong(id, 'Something is imported from bulwark, and never used.', {
    evidence: found,
    why: 'The code looks protected, but is not.',
    fix: ['use it where the code handles untrusted data, or remove the import'],
  });
}

function copies({ read }: CodeProject): Diagnosis {
  const id = 'code/copies';
  const text = read('package-lock.json');
  const packages = text === undefined ? undefined : packagesIn(text);
  if (packages === undefined) {
    return unknown(id, 'There is no package-lock.json, or it cannot be read.', [], ['npm ls bulwark']);
  }
  const found = packages.filter(([path]) => /(?:^|\/)node_modules\/bulwark$/.test(path));
  const listed = found.map(([path, version]) => `${path}: ${version ?? 'linked'}`);
  if (found.length < 2) return ok(id, 'bulwark is installed once.', listed);
  return wrong(id, `bulwark is installed ${found.length} times.`, {
    evidence: listed,
    why: 'One copy does not know what another knows about a request, such as its session or its CSRF check.',
    fix: ['npm dedupe, with one version in every package.json'],
  });
}

function packagesIn(
  text: string,
): readonly (readonly [path: string, version: string | undefined])[] | undefined {
  try {
    const { packages } = JSON.parse(text) as { packages?: Record<string, { version?: unknown }> };
    if (typeof packages !== 'object' || packages === null) return undefined;
    return Object.entries(packages).map(([path, entry]) => [
      path,
      typeof entry?.version === 'string' ? entry.version : undefined,
    ]);
  } catch {
    return undefined;
  }
}
