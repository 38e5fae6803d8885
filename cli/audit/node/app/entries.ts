import { dirname, join } from 'node:path/posix';
import type { Evidence } from '../../check/outcome.ts';
import { productionFiles } from '../../files/production-file.ts';
import type { Subject } from '../../subject/subject.ts';
import { findFile } from '../read/resolve-module.ts';
import { type Started, startedBy } from './entry-commands.ts';
import type { NodeManifest } from './node-manifest.ts';
import { pm2Apps } from './pm2-apps.ts';

export interface Entry {
  /** The file of the source that production starts. */
  readonly path: string;
  /** As the command names it, from the root of the project on: `dist/server.js`. */
  readonly started: string;
  /** What says so. */
  readonly evidence: Evidence;
}

export interface Entries {
  readonly files: readonly Entry[];
  /** Frameworks whose own command starts the application. */
  readonly frameworks: ReadonlySet<string>;
  /** A command for development that production starts with. */
  readonly development: Evidence | undefined;
  /** The command that was followed. */
  readonly command: Evidence | undefined;
  /** `NODE_ENV` as a command of production sets it. */
  readonly nodeEnv: { readonly value: string; readonly evidence: Evidence } | undefined;
}

/** What production starts: by the Dockerfile, a Procfile, or the scripts and `main` of the manifest. */
export function findEntries(manifest: NodeManifest, subject: Subject): Entries {
  const commands = [...imageCommands(manifest, subject), ...ownCommands(manifest)];
  for (const { command, evidence } of commands) {
    const started = startedBy(command, manifest.scripts).flatMap((one) =>
      one.file !== undefined && /\.(?:json|config\.[cm]?js)$/.test(one.file)
        ? pm2Apps(manifest.folder, one.file, subject).map((app) => ({ ...one, ...app }))
        : [one],
    );
    if (started.length === 0) continue;
    const files = started.flatMap((one) => {
      const path = fileOf(one, manifest, subject);
      return path === undefined ? [] : [{ path, started: join(manifest.folder, one.file ?? path), evidence }];
    });
    const frameworks = new Set(started.flatMap(({ framework }) => framework ?? []));
    if (files.length === 0 && frameworks.size === 0) continue;
    const value = started.find(({ nodeEnv }) => nodeEnv !== undefined)?.nodeEnv;
    const development = started.some(({ isDevelopment }) => isDevelopment) ? evidence : undefined;
    return {
      files: [...files, ...otherStarts(manifest, subject, files)],
      frameworks,
      development,
      command: evidence,
      nodeEnv: value === undefined ? undefined : { value, evidence },
    };
  }
  return { files: [], frameworks: new Set(), development: undefined, command: undefined, nodeEnv: undefined };
}

/** Not of production, or of what the command that was followed starts already. */
const otherwise =
  /(?:^|[:_-])(?:dev\w*|debug\w*|watch\w*|local\w*|test\w*|e2e|mock\w*|docs?|storybook|inspect|staging|ci|db|docker)(?:$|[:_-])/i;

/** What scripts such as `start:tracking` start beside it: a second application in the same package. */
function otherStarts(manifest: NodeManifest, subject: Subject, known: readonly Entry[]): Entry[] {
  const found: Entry[] = [];
  for (const [name, command] of manifest.scripts) {
    if (!/^(?:start|serve)[:_-]/.test(name) || otherwise.test(name)) continue;
    for (const one of startedBy(command, manifest.scripts)) {
      const path = one.isDevelopment || one.file === undefined ? undefined : fileOf(one, manifest, subject);
      if (path === undefined || [...known, ...found].some((entry) => entry.path === path)) continue;
      const evidence = manifest.placeOf(`"${name}"`, `"${name}": "${command.slice(0, 120)}"`);
      found.push({ path, started: join(manifest.folder, one.file ?? path), evidence });
    }
  }
  return found;
}

interface Command {
  readonly command: string;
  readonly evidence: Evidence;
}

function ownCommands(manifest: NodeManifest): Command[] {
  const names = ['start:prod', 'start:production', 'prod', 'production', 'start', 'serve'];
  const scripts = names.flatMap((name) => {
    const command = manifest.scripts.get(name);
    return command === undefined
      ? []
      : [{ command, evidence: manifest.placeOf(`"${name}"`, `"${name}": "${command.slice(0, 120)}"`) }];
  });
  const { main } = manifest;
  return main === undefined
    ? scripts
    : [...scripts, { command: `node ${main}`, evidence: manifest.placeOf('"main"', `"main": "${main}"`) }];
}

/** The last `CMD` of Dockerfiles, the processes of Procfiles, in the folder of the application or one above it. */
function imageCommands({ folder }: NodeManifest, subject: Subject): Command[] {
  const files = productionFiles(
    subject,
    /(?:^|\/)(?:Dockerfile|Containerfile|Procfile)(?:[.-][\w.-]+)?$|\.dockerfile$/i,
  );
  return files
    .filter((path) =>
      folder === ''
        ? dirname(path) === '.' || /^(?:docker|deploy|build)(?:\/|$)/.test(dirname(path))
        : dirname(path) === folder,
    )
    .flatMap((path) => commandsIn(path, subject.read(path) ?? ''));
}

function commandsIn(path: string, text: string): Command[] {
  const lines = text
    .slice(0, 200_000)
    .replace(/\\\r?\n/g, '  ')
    .split('\n');
  const isProcfile = /(?:^|\/)Procfile/.test(path);
  const found = lines.flatMap((line, index) => {
    const rest = (isProcfile ? /^web:\s*(\S.*)$/ : /^\s*(?:CMD|ENTRYPOINT)\s+(\S.*)$/i).exec(line)?.[1];
    return rest === undefined
      ? []
      : [{ command: shellForm(rest), evidence: { text: line.trim().slice(0, 160), path, line: index + 1 } }];
  });
  // Of several the last counts; ENTRYPOINT stands before CMD.
  const whole = found
    .map(({ command }) => command)
    .slice(-2)
    .join(' ');
  return [...found.slice(-1), ...found.slice(-1).map((last) => ({ ...last, command: whole }))];
}

/** `["node", "server.js"]` as a command. */
function shellForm(text: string): string {
  if (!text.startsWith('[')) return text;
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) ? parts.filter((one) => typeof one === 'string').join(' ') : '';
  } catch {
    return '';
  }
}

const built = /^(?:\.\/)?(?:dist|build|out|lib|output|compiled|\.build)\//;

function fileOf(
  { file, framework }: Started,
  { folder }: NodeManifest,
  subject: Subject,
): string | undefined {
  const paths = new Set(subject.paths);
  const find = (name: string): string | undefined => findFile(join(folder, name), paths);
  if (framework === 'nest') return find('src/main') ?? find('main');
  if (file === undefined) return undefined;
  // Images have their own folders: `/app/dist/main.js`.
  const relative = file.replace(/^\/(?:usr\/src\/)?(?:app|srv|opt|home\/\w+)\//, '').replace(/^\.\//, '');
  const source = relative.replace(/(?:^|.*\/)(?:dist|build|out|lib|output|compiled)\//, '');
  const own = find(relative);
  if (own !== undefined && !built.test(relative)) return own;
  if (relative === source) return own;
  return find(`src/${source}`) ?? find(source) ?? find(source.replace(/^src\//, '')) ?? own;
}
