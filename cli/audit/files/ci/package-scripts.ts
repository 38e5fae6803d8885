import type { Subject } from '../../subject/subject.ts';
import type { Program } from './program.ts';

/** Scripts of a `package.json` that a command runs. */
export interface ScriptCall {
  readonly names: readonly string[];
  /** Of all packages of the project: `pnpm -r`, `turbo`. */
  readonly everywhere: boolean;
}

const tools: Readonly<Record<string, (args: readonly string[], program: Program) => ScriptCall | undefined>> =
  {
    npm: (args) => runOf(args, ['run', 'run-script'], /^(-w|-ws|--workspaces?\b)/),
    pnpm: (args, { folder }) => {
      const call = runOf(args, ['run'], /^(-r|--recursive)$/) ?? bareOf(args, /^(-r|--recursive)$/);
      // The folder of `--filter` is the name of a package.
      return call && folder !== undefined ? { ...call, everywhere: true } : call;
    },
    yarn: (args) => {
      if (args[0] === 'workspaces' || args[0] === 'workspace') {
        const at = args.indexOf('run');
        const name = at > 0 ? args[at + 1] : args.at(-1);
        return name === undefined ? undefined : { names: [name], everywhere: true };
      }
      return runOf(args, ['run'], /^-/) ?? bareOf(args, /^$/);
    },
    bun: (args) => runOf(args, ['run'], /^--filter/),
    node: (args) => {
      const at = args.indexOf('--run');
      const name =
        args.find((arg) => arg.startsWith('--run='))?.slice(6) ?? (at < 0 ? undefined : args[at + 1]);
      return name === undefined ? undefined : { names: [name], everywhere: false };
    },
    turbo: (args) => tasks(args[0] === 'run' ? args.slice(1) : args),
    lerna: (args) => (args[0] === 'run' ? tasks(args.slice(1, 2)) : undefined),
    nx: (args) => {
      const text = args.join(' ');
      const names = /(?:-t|--targets?)[= ]([\w:,-]+)/.exec(text)?.[1]?.split(',');
      return names && { names, everywhere: true };
    },
    'npm-run-all': (args) => several(args),
    'run-s': (args) => several(args),
    'run-p': (args) => several(args),
  };

export function scriptsCalled(program: Program): ScriptCall | undefined {
  const tool = Object.hasOwn(tools, program.name) ? tools[program.name] : undefined;
  return tool?.(program.args, program);
}

function runOf(args: readonly string[], verbs: readonly string[], all: RegExp): ScriptCall | undefined {
  const bare = args.filter((arg) => !arg.startsWith('-'));
  const everywhere = args.some((arg) => all.test(arg));
  const [verb = '', name] = bare;
  if (verbs.includes(verb) && name !== undefined) return { names: [name], everywhere };
  return verb === 'test' || verb === 't' || verb === 'tst' ? { names: ['test'], everywhere } : undefined;
}

/** `yarn lint` and `pnpm lint` run a script too, if there is one. */
function bareOf(args: readonly string[], all: RegExp): ScriptCall | undefined {
  const name = args.find((arg) => !arg.startsWith('-'));
  const everywhere = args.some((arg) => all.test(arg));
  return name === undefined ? undefined : { names: [name], everywhere };
}

function tasks(args: readonly string[]): ScriptCall {
  const end = args.indexOf('--');
  const names = (end < 0 ? args : args.slice(0, end)).filter((arg) => !arg.startsWith('-'));
  return { names: names.map((name) => name.replace(/^.*#/, '')), everywhere: true };
}

function several(args: readonly string[]): ScriptCall {
  return { names: args.filter((arg) => !arg.startsWith('-')), everywhere: false };
}

export interface PackageScript {
  readonly text: string;
  readonly path: string;
  readonly line: number;
  readonly folder: string;
  readonly name: string;
}

const maxPackages = 100;

const known = new WeakMap<Subject, readonly string[]>();

function manifestsOf(subject: Subject): readonly string[] {
  const before = known.get(subject);
  if (before !== undefined) return before;
  const found = subject.paths.filter((path) => /(^|\/)package\.json$/.test(path)).slice(0, maxPackages);
  known.set(subject, found);
  return found;
}

/** The scripts of these names, with what npm runs before and after them. `folder` is where the command runs. */
export function findScripts(subject: Subject, call: ScriptCall, folder: string): readonly PackageScript[] {
  const manifests = manifestsOf(subject);
  const near = nearest(manifests, folder);
  const chosen = call.everywhere ? manifests : near === undefined ? [] : [near];
  return chosen.flatMap((path) => {
    const text = subject.read(path) ?? '';
    const scripts = scriptsOf(text);
    return call.names.flatMap((name) =>
      Object.entries(scripts)
        .filter(([key]) => isCalled(key, name))
        .map(([key, script]) => ({
          text: script,
          path,
          line: lineOfKey(text, key),
          folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))),
          name: key,
        })),
    );
  });
}

function nearest(manifests: readonly string[], folder: string): string | undefined {
  for (let here = folder; ; here = here.includes('/') ? here.slice(0, here.lastIndexOf('/')) : '') {
    const path = here === '' ? 'package.json' : `${here}/package.json`;
    if (manifests.includes(path)) return path;
    if (here === '') return undefined;
  }
}

function isCalled(key: string, name: string): boolean {
  if (key === name || key === `pre${name}` || key === `post${name}`) return true;
  if (!name.includes('*')) return false;
  const before = name.slice(0, name.indexOf('*'));
  return before !== '' && key.startsWith(before);
}

function scriptsOf(manifest: string): Readonly<Record<string, string>> {
  try {
    const parsed: unknown = JSON.parse(manifest);
    const scripts =
      typeof parsed === 'object' && parsed !== null ? (parsed as { scripts?: unknown }).scripts : undefined;
    const entries = typeof scripts === 'object' && scripts !== null ? Object.entries(scripts) : [];
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}

function lineOfKey(text: string, key: string): number {
  const at = text.indexOf(`${JSON.stringify(key)}:`);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
