import { isDeeplyNested } from '../../scan/languages/javascript/parse/nesting.ts';
import { InitMistake } from '../init-mistake.ts';
import type { ProjectFolder } from './folder.ts';

/** What `init` reads of a package.json. */
export interface Manifest {
  readonly text: string;
  readonly type: 'module' | 'commonjs';
  readonly main: string | undefined;
  readonly packageManager: string | undefined;
  readonly isWorkspaceRoot: boolean;
  readonly scripts: ReadonlyMap<string, string>;
  /** Dependencies of every kind, by name. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly hasJest: boolean;
}

/** @throws {InitMistake} if there is none, or it is not what npm reads */
export function readManifest(folder: ProjectFolder): Manifest {
  const text = folder.read('package.json');
  if (text === undefined) {
    throw new InitMistake(
      `${folder.root} has no package.json, and no Python project was found either.`,
      'Run the command in the folder of your application, or name the folder.',
    );
  }
  return manifestOf(text, folder);
}

/** What stands in this text. */
export function manifestOf(text: string, folder: ProjectFolder): Manifest {
  const json = parseObject(text);
  const invalid = ['dependencies', 'devDependencies', 'scripts'].find(
    (field) => !isObject(json[field] ?? {}),
  );
  if (invalid !== undefined)
    throw new InitMistake(`${invalid} in package.json is not an object.`, 'Fix package.json.');
  return {
    text,
    type: json['type'] === 'module' ? 'module' : 'commonjs',
    main: textOf(json['main']),
    packageManager: textOf(json['packageManager']),
    isWorkspaceRoot: json['workspaces'] !== undefined || folder.has('pnpm-workspace.yaml'),
    scripts: textsOf(json['scripts']),
    dependencies: new Map(
      ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies'].flatMap((field) => [
        ...textsOf(json[field]),
      ]),
    ),
    hasJest: typeof json['jest'] === 'object',
  };
}

function parseObject(text: string): Record<string, unknown> {
  // The parser of places in it would end the process.
  if (isDeeplyNested(text)) {
    throw new InitMistake('package.json is nested too deeply.', 'Fix package.json.');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InitMistake(
      `package.json is not valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`,
      'Fix package.json. `npm pkg get name` must work.',
    );
  }
  if (isObject(json)) return json;
  throw new InitMistake('package.json is not an object.', 'Fix package.json.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
