import { satisfies as satisfiesPython } from '@renovatebot/pep440';
import { coerce, satisfies, validRange } from 'semver';
import { parse } from 'smol-toml';
import { isMap, mapAt, textAt, textsAt, type Values, valueAt } from '../read/kit/values.ts';
import { askedPackages, parsedManifest } from '../read/npm/node-workspace.ts';
import { pythonName } from '../read/python/python-name.ts';
import { readRequirement } from '../read/python/requirement.ts';

/** A range of a manifest that can be compared. */
export interface AskedRange {
  /** The name under which the package is installed. */
  readonly name: string;
  readonly range: string;
  allows(version: string): boolean;
}

/** The ranges of a `package.json` or `pyproject.toml`; undefined if it can't be parsed. Ranges that it overrides are left out. */
export function askedRanges(path: string, text: string | undefined): readonly AskedRange[] | undefined {
  return path.endsWith('.json') ? ofPackage(text) : ofPyproject(text);
}

function ofPackage(text: string | undefined): readonly AskedRange[] | undefined {
  const manifest = parsedManifest(text);
  if (manifest === undefined) return undefined;
  const overridden = [
    mapAt(manifest, 'overrides'),
    mapAt(manifest, 'resolutions'),
    mapAt(mapAt(manifest, 'pnpm'), 'overrides'),
  ]
    .flatMap(Object.keys)
    .join(' ');
  return (askedPackages(text) ?? []).flatMap(({ name, range, kind }) => {
    const bare = /^npm:@?[^@]+@(.+)$/.exec(range)?.[1] ?? range;
    // A dependency that may fail to be installed may be missing, too.
    if (kind === 'optional' || overridden.includes(name) || validRange(bare) === null) return [];
    return [
      { name, range: bare, allows: (version) => satisfies(version, bare, { includePrerelease: true }) },
    ];
  });
}

function ofPyproject(text: string | undefined): readonly AskedRange[] | undefined {
  let file: Values;
  try {
    file = parse(text ?? '', { maxDepth: 60 });
  } catch {
    return undefined;
  }
  const overridden = new Set(
    textsAt(mapAt(mapAt(file, 'tool'), 'uv'), 'override-dependencies').flatMap(
      (one) => readRequirement(one)?.name ?? [],
    ),
  );
  const listed = textsAt(mapAt(file, 'project'), 'dependencies').flatMap((one) => {
    const asked = readRequirement(one);
    if (asked === undefined || asked.marker !== undefined || asked.source.kind !== 'registry') return [];
    const range = asked.range ?? (asked.version === undefined ? undefined : `==${asked.version}`);
    return range === undefined ? [] : [python(asked.name, range)];
  });
  const poetry = Object.entries(mapAt(mapAt(mapAt(file, 'tool'), 'poetry'), 'dependencies')).flatMap(
    ([name, asked]) => {
      const range = typeof asked === 'string' ? asked : textAt(asked, 'version');
      const isPlain =
        typeof asked === 'string' ||
        (isMap(asked) &&
          ['optional', 'markers', 'python', 'platform'].every((key) => valueAt(asked, key) === undefined));
      if (range === undefined || !isPlain || name === 'python' || range === '*') return [];
      return [ofPoetry(pythonName(name), range)].flat();
    },
  );
  return [...listed, ...poetry].filter(({ name }) => !overridden.has(name));
}

function python(name: string, range: string): AskedRange {
  return { name, range, allows: (version) => satisfiesPython(version, range, { prereleases: true }) };
}

/** `^4.2`, which has the meaning of npm; `>=4.2,<5`; `4.2.16`, which means that version alone. */
function ofPoetry(name: string, range: string): readonly AskedRange[] {
  if (/^\^\s*\d+(?:\.\d+){0,2}$/.test(range))
    return [
      {
        name,
        range,
        allows: (version) => satisfies(coerce(version) ?? '0.0.0', range, { includePrerelease: true }),
      },
    ];
  if (/^\d+(?:\.\d+)*$/.test(range)) return [python(name, `==${range}`)];
  return /^(?:[<>=!~]=|[<>])\s*[\d.]+(?:\s*,\s*(?:[<>=!~]=|[<>])\s*[\d.]+)*$/.test(range)
    ? [python(name, range)]
    : [];
}
