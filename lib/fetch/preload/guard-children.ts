import childProcess, { type ForkOptions } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import workerThreads, { SHARE_ENV, type WorkerOptions } from 'node:worker_threads';
import { absoluteFlags, absoluteNodeOptions } from './absolute-preload.ts';

/** What a thread or a fork needs to be guarded by the same policy. */
export interface Inherited {
  /** The module to load first, as a file URL. */
  readonly preload: string;
  /** The policy, as an absolute path. */
  readonly file: string;
  /** The directory that this process started in; empty if it was gone. */
  readonly directory: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a thread finds the policy of its parent. Unlike the environment, no option of `Worker` replaces it. */
const policyOfParent = 'bulwark/fetch/preload: policy file';

/** The policy file of the thread that started this one. Undefined in the main thread. */
export function inheritedPolicy(): string | undefined {
  const file = workerThreads.isMainThread ? undefined : workerThreads.getEnvironmentData(policyOfParent);
  return typeof file === 'string' ? file : undefined;
}

/**
 * Passes the preload and the policy on to worker threads and forks that would otherwise lose them: because they have an
 * environment or flags of their own, because they are made from text, for which Node does not run `--import`, or because
 * the process has moved to another directory.
 */
export function guardChildren(inherited: Inherited): void {
  workerThreads.setEnvironmentData(policyOfParent, inherited.file);
  const { preload, directory } = inherited;
  process.execArgv.splice(0, process.execArgv.length, ...absoluteFlags(process.execArgv, preload, directory));
  const shared = process.env['NODE_OPTIONS'];
  if (shared) process.env['NODE_OPTIONS'] = absoluteNodeOptions(shared, preload, directory);

  const { Worker } = workerThreads;
  const guarded = new Proxy(Worker, {
    construct(target, [source, options, ...rest]: unknown[], newTarget) {
      const made = (given: unknown): object =>
        Reflect.construct(
          target,
          [source, given, ...rest],
          newTarget === guarded ? target : newTarget,
        ) as object;
      const given: WorkerOptions = options ?? {};
      if (!isRecord(given)) return made(options);
      let flags: readonly string[] = process.execArgv;
      // Each round leaves at least one flag out.
      for (;;) {
        try {
          return made(workerOptions(given, inherited, flags));
        } catch (error) {
          // The caller did not ask for the flags of the whole process, and a thread cannot have some of them.
          const usable = flagsOfThreads(flags, error);
          if (isOwn(given.execArgv) || usable.length === flags.length) throw error;
          flags = usable;
        }
      }
    },
  });
  workerThreads.Worker = guarded;

  const { fork } = childProcess;
  childProcess.fork = ((file: string, ...rest: unknown[]) => {
    // (file), (file, options), (file, args), (file, args, options), where args may be null or undefined.
    const at = isRecord(rest[0]) ? 0 : 1;
    if (at === 1) rest[0] ??= [];
    const options = rest[at] ?? {};
    // What is neither is left for Node to complain about.
    if (isRecord(options) && typeof rest[0] === 'object') rest[at] = forkOptions(options, inherited);
    return (fork as (...args: unknown[]) => unknown)(file, ...rest);
  }) as typeof fork;
  // For `import { Worker } from 'node:worker_threads'`.
  syncBuiltinESMExports();
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOwn(option: unknown): boolean {
  return option !== undefined && option !== null;
}

/** Without the flags that Node has just refused for a thread; its message lists them. */
function flagsOfThreads(flags: readonly string[], error: unknown): readonly string[] {
  const { code, message = '' } = error as { code?: unknown; message?: string };
  if (code !== 'ERR_WORKER_INVALID_EXEC_ARGV') return flags;
  const refused = new Set(message.slice(message.indexOf(': ') + 2).split(', '));
  const left = flags.filter((flag) => !refused.has(flag));
  return left.length < flags.length ? left : [];
}

function workerOptions(
  options: WorkerOptions,
  inherited: Inherited,
  flags: readonly string[],
): WorkerOptions {
  const { env, execArgv, eval: fromText } = options;
  const { preload, directory } = inherited;
  const required = ['--require', fileURLToPath(preload)];
  const own = isOwn(env) && env !== process.env && env !== SHARE_ENV;
  // Invalid options are left for Node to refuse.
  if (own && !isRecord(env)) return options;
  const guarded: WorkerOptions = own
    ? { ...options, env: environment(env as Environment, inherited) }
    : options;
  if (Array.isArray(execArgv)) {
    const absolute = execArgv.every((flag) => typeof flag === 'string')
      ? absoluteFlags(execArgv, preload, directory)
      : execArgv;
    return { ...guarded, execArgv: own ? absolute : [...absolute, ...required] };
  }
  if (isOwn(execArgv)) return guarded;
  // The inherited flags load the preload, but Node looks for a name or a relative path in the current directory.
  const moved = workingDirectory() !== directory;
  if (own) return moved ? { ...guarded, execArgv: [...flags] } : guarded;
  if (fromText !== true && !moved) return options;
  if (fromText !== true || env === SHARE_ENV) return { ...options, execArgv: [...flags, ...required] };
  return { ...options, env: environment(process.env, inherited) };
}

/** Empty where the directory has been removed. */
export function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}

function forkOptions(options: ForkOptions, inherited: Inherited): ForkOptions {
  const { env, execArgv } = options;
  const { preload, directory } = inherited;
  return {
    ...options,
    ...(Array.isArray(execArgv) && { execArgv: absoluteFlags(execArgv, preload, directory) }),
    env: environment(isOwn(env) ? (env as Environment) : process.env, inherited),
  };
}

/** By NODE_OPTIONS, which the child's own flags do not replace; and by `--require`, which also works for text. */
function environment(env: Environment, { preload, file, directory }: Inherited): Record<string, string> {
  const required = `--require ${JSON.stringify(fileURLToPath(preload))}`;
  const given = absoluteNodeOptions(env['NODE_OPTIONS'] ?? '', preload, directory);
  const NODE_OPTIONS = given.includes(required) ? given : `${given} ${required}`.trim();
  return { ...env, NODE_OPTIONS, BULWARK_EGRESS_POLICY: file } as Record<string, string>;
}
