import { fileURLToPath } from 'node:url';
import type { Answer } from './answer-parent.ts';
import { hasPrlimit } from './limit-command.ts';
import type { ProcessLimits } from './process-spec.ts';
import { type ProcessResult, runProcess } from './run-process.ts';

export interface NodeChildOptions {
  /** How much memory the script may allocate beyond what Node itself needs: JavaScript's heap and native memory together. */
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
  readonly timeoutMs: number;
  /** The largest answer. */
  readonly maxOutputBytes: number;
  readonly limits?: Omit<ProcessLimits, 'memoryBytes' | 'dataBytes' | 'cpuSeconds'>;
  /** Arguments for Node, before the script. */
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  /** Runs without limits on memory, CPU and files if prlimit is not installed. The time limit still applies. */
  readonly allowUnlimited?: boolean;
}

export type NodeChildFailure = 'time' | 'output' | 'abort' | 'memory' | 'cpu' | 'crash';

export type NodeChildResult =
  | { readonly answered: true; readonly answer: unknown }
  /** The handler threw. */
  | {
      readonly answered: false;
      readonly reason: 'error';
      readonly name: string;
      readonly message: string;
      readonly code: string | undefined;
    }
  /** It ended without an answer. `stderr` is its last 2,000 characters, for the log. */
  | { readonly answered: false; readonly reason: NodeChildFailure; readonly stderr: string };

/** What Node needs before a script does anything, running from source through tsx: 112 MB, measured. */
const nodeBytes = 192 * 1024 * 1024;

/**
 * Runs one of our scripts in its own Node process, with limits, and returns its answer. The script calls `answerParent`. The answer is only as
 * trustworthy as the script's input: a decoder that was taken over can answer anything. Nothing is inherited from the environment, not even
 * `NODE_OPTIONS`.
 *
 * @param script a file next to the caller: `ownFile('./rewrite-in-child.ts', import.meta.url)`; in the built package, the `.js` beside it is run
 * @param input a value that JSON can hold
 * @throws Misuse `command/prlimit-missing`; the signal's reason if it was aborted before the start
 */
export async function runNodeChild(
  script: URL,
  input: unknown,
  given: NodeChildOptions,
): Promise<NodeChildResult> {
  // A polluted prototype must not add arguments.
  const options: NodeChildOptions = Object.assign(Object.create(null), given);
  const { memoryBytes, cpuSeconds, timeoutMs, maxOutputBytes, signal } = options;
  const fromSource = import.meta.url.endsWith('.ts');
  const path = fileURLToPath(script);
  const limits = {
    ...{ dataBytes: nodeBytes + memoryBytes, cpuSeconds },
    ...options.limits,
  };
  const heapMegabytes = Math.max(16, Math.ceil(memoryBytes / 1_048_576));
  const result = await runProcess({
    file: process.execPath,
    args: [
      ...[`--max-old-space-size=${heapMegabytes}`, '--no-warnings'],
      ...(options.nodeArgs ?? []),
      ...(fromSource ? ['--import', import.meta.resolve('tsx')] : []),
      fromSource ? path : path.replace(/\.ts$/, '.js'),
    ],
    env: { ...options.env },
    cwd: options.cwd ?? '/',
    stdin: JSON.stringify(input),
    ...{ timeoutMs, maxOutputBytes },
    ...((hasPrlimit() || options.allowUnlimited !== true) && { limits }),
    ...(signal !== undefined && { signal }),
  });
  return resultOf(result);
}

function resultOf({ code, signal, stoppedBy, stdout, stderr }: ProcessResult): NodeChildResult {
  const told = stderr.toString().slice(-2_000);
  if (stoppedBy !== undefined) return { answered: false, reason: stoppedBy, stderr: told };
  if (signal === 'SIGXCPU') return { answered: false, reason: 'cpu', stderr: told };
  // How V8 and C++ exit differs between versions. What they print doesn't.
  const outOfMemory = /heap out of memory|allocation fail|out of memory|bad_alloc|OOM error/i.test(
    stderr.toString(),
  );
  if (code === 0) {
    const answer = readAnswer(stdout.toString());
    if (answer !== undefined) return answer;
  }
  return { answered: false, reason: outOfMemory ? 'memory' : 'crash', stderr: told };
}

/** The last line: a library that the script uses may have printed something before. */
function readAnswer(text: string): NodeChildResult | undefined {
  try {
    const { answer, error } = JSON.parse(text.slice(text.lastIndexOf('\n') + 1)) as Answer;
    if (error === undefined) return { answered: true, answer };
    const { name, message, code } = error;
    const outOfMemory = name === 'RangeError' && message === 'Array buffer allocation failed';
    if (outOfMemory) return { answered: false, reason: 'memory', stderr: message };
    return { answered: false, reason: 'error', name, message, code };
  } catch {
    return undefined;
  }
}
