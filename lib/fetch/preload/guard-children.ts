import childProcess, { type ForkOptions } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import workerThreads, { SHARE_ENV, type WorkerOptions } from 'node:worker_threads';

/** What a thread or a fork needs to be guarded by the same policy. */
export interface Inherited {
  /** The module to load first, as a file URL. */
  readonly preload: string;
  /** The policy, as an absolute path. */
  readonly file: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Hands the preload on to worker threads and forks whose options would leave it behind: an environment or flags of their
 * own, and workers made from text, for which Node does not run `--import`.
 */
export function guardChildren(inherited: Inherited): void {
  const { Worker } = workerThreads;
  const guarded = new Proxy(Worker, {
    construct(target, [source, options, ...rest]: unknown[], newTarget) {
      const made = (given: unknown): object =>
        Reflect.construct(
          target,
          [source, given, ...rest],
          newTarget === guarded ? target : newTarget,
        ) as object;
      if (!isRecord(options)) return made(options);
      try {
        return made(workerOptions(options, inherited, process.execArgv));
      } catch (error) {
        // Flags of the whole process are none of a thread's, and were not asked for by the caller.
        const ours = 'execArgv' in options && options.execArgv !== undefined ? undefined : error;
        if ((ours as { code?: unknown } | undefined)?.code !== 'ERR_WORKER_INVALID_EXEC_ARGV') throw error;
        return made(workerOptions(options, inherited, []));
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

function workerOptions(
  options: WorkerOptions,
  inherited: Inherited,
  flags: readonly string[],
): WorkerOptions {
  const { env, execArgv, eval: fromText } = options;
  const required = ['--require', fileURLToPath(inherited.preload)];
  const own = env !== undefined && env !== null && env !== process.env && env !== SHARE_ENV;
  // What Node does not take is left for it to complain about.
  if (own) return isRecord(env) ? { ...options, env: environment(env as Environment, inherited) } : options;
  if (Array.isArray(execArgv)) return { ...options, execArgv: [...execArgv, ...required] };
  // What it takes over from this thread has the flag already.
  if (fromText !== true || (execArgv !== undefined && execArgv !== null)) return options;
  if (env === SHARE_ENV) return { ...options, execArgv: [...flags, ...required] };
  return { ...options, env: environment(process.env, inherited) };
}

function forkOptions(options: ForkOptions, inherited: Inherited): ForkOptions {
  const own = options.env !== undefined && options.env !== null;
  return { ...options, env: environment(own ? (options.env as Environment) : process.env, inherited) };
}

/** By NODE_OPTIONS, which flags of the child's own do not replace; and by `--require`, which text has too. */
function environment(env: Environment, { preload, file }: Inherited): Record<string, string> {
  const required = `--require ${JSON.stringify(fileURLToPath(preload))}`;
  const given = env['NODE_OPTIONS'] ?? '';
  const NODE_OPTIONS = given.includes(required) ? given : `${given} ${required}`.trim();
  return { ...env, NODE_OPTIONS, BULWARK_EGRESS_POLICY: file } as Record<string, string>;
}
