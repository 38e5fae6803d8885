import { parse } from 'smol-toml';

/** What a manifest asks for. */
export interface Dependency {
  /** Python's are in lower case with `-`, as PEP 503 has them. */
  readonly name: string;
  /** `^4.19.0`, `>=4.2,<5`; undefined if any version does. */
  readonly range?: string;
}

/** Those that production needs, of a `package.json`. */
export function packageDependencies(text: string | undefined): readonly Dependency[] {
  const manifest = record(json(text));
  return ['dependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(record(manifest[kind])).map(([name, range]) => dependency(name, range)),
  );
}

/** Whether a `package.json` takes a package as a peer only, and starts nothing. */
export function takesAsPeer(text: string | undefined, name: string): boolean {
  const manifest = record(json(text));
  return (
    Object.hasOwn(record(manifest['peerDependencies']), name) &&
    !packageDependencies(text).some((one) => one.name === name) &&
    !Object.hasOwn(record(manifest['scripts']), 'start')
  );
}

/** Those of a requirements file, `pyproject.toml`, `Pipfile`, `setup.cfg` or `setup.py`; none of another file. */
export function pythonDependencies(
  path: string,
  read: (path: string) => string | undefined,
): readonly Dependency[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (
    /(?:^|\/)requirements\/[\w.-]+\.(?:txt|in)$|(?:^|\/)[\w.-]*requirements[\w.-]*\.(?:txt|in)$/i.test(path)
  ) {
    return requirements(read(path) ?? '');
  }
  if (name === 'pyproject.toml') return ofPyproject(record(toml(read(path))));
  if (name === 'Pipfile') return table(record(toml(read(path)))['packages']);
  if (name === 'setup.cfg') return requirements(read(path) ?? '');
  if (name === 'setup.py') {
    return [...(read(path) ?? '').matchAll(/['"]([^'"\n]{1,200})['"]/g)].flatMap(([, text = '']) =>
      requirement(text),
    );
  }
  return [];
}

function ofPyproject(manifest: Record<string, unknown>): Dependency[] {
  const project = record(manifest['project']);
  const poetry = record(record(manifest['tool'])['poetry']);
  const optional = Object.values(record(project['optional-dependencies'])).flatMap(texts);
  return [
    ...[...texts(project['dependencies']), ...optional].flatMap(requirement),
    ...table(poetry['dependencies']),
  ];
}

/** `django = "^4.2"` or `django = { version = "^4.2" }` */
function table(value: unknown): Dependency[] {
  return Object.entries(record(value)).map(([name, range]) =>
    dependency(normal(name), typeof range === 'string' ? range : record(range)['version']),
  );
}

function requirements(text: string): Dependency[] {
  return text.split(/\r?\n/, 20_000).flatMap(requirement);
}

/** `Django[argon2]>=4.2,<5 ; python_version > "3.8"  # why` */
function requirement(text: string): Dependency[] {
  const found =
    /^\s*([A-Za-z][\w.-]{0,100})\s*(?:\[[^\]]{0,200}\])?\s*\(?((?:[<>=!~]=?=?[^;#()\s]{1,60}[\s,]*){0,8})/.exec(
      text,
    );
  if (!found) return [];
  const range = found[2]?.replace(/\s/g, '').replace(/[,\\]+$/, '');
  return [dependency(normal(found[1] ?? ''), range === '' ? undefined : range)];
}

function dependency(name: string, range: unknown): Dependency {
  return typeof range === 'string' && range !== '*' ? { name, range } : { name };
}

/** https://peps.python.org/pep-0503/#normalized-names */
function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function toml(text: string | undefined): unknown {
  try {
    return parse(text ?? '');
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
