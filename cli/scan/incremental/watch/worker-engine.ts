import { Worker } from 'node:worker_threads';
import type { RuleInfo } from '../../../finding/finding.ts';
import type { ScanResult } from '../../report/scan-result.ts';
import { ScanMistake, type ScanMistakeCode } from '../../scan-mistake.ts';
import { type LiveEngine, type LiveScanOptions, ScanCancelled } from './live-engine.ts';

/** A request to the worker. */
export interface WorkerScan {
  readonly id: number;
  readonly files: LiveScanOptions['project']['files'];
  readonly settings: LiveScanOptions['project']['settings'];
  readonly notices: LiveScanOptions['project']['notices'];
  readonly root: string;
  readonly unsaved: ReadonlyMap<string, string>;
  /** The rules to run. */
  readonly wanted: readonly string[];
  readonly models: readonly string[];
  readonly today: string;
  /** A single number in shared memory, which is set to 1 to cancel the scan. A message would not be read before the scan ends. */
  readonly cancelled: Int32Array;
}

/** An answer of the worker. */
export type WorkerAnswer =
  | { readonly kind: 'ready'; readonly rules: readonly RuleInfo[] }
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: 'result'; readonly id: number; readonly result: ScanResult }
  | { readonly kind: 'cancelled'; readonly id: number }
  | { readonly kind: 'mistake'; readonly id: number; readonly mistake: MistakeParts }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string };

interface MistakeParts {
  readonly code: ScanMistakeCode;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
}

interface Pending {
  readonly options: LiveScanOptions;
  readonly resolve: (result: ScanResult) => void;
  readonly reject: (problem: Error) => void;
}

/** A scanner in its own thread, so that this thread stays responsive. */
export interface WorkerEngine extends LiveEngine {
  close(): Promise<void>;
}

/** The program of the thread, in the same form as this file: built or source. */
const scanner = new URL(
  import.meta.url.endsWith('.ts') ? './scan-worker.ts' : './scan-worker.js',
  import.meta.url,
);

/**
 * Starts a scanner in its own thread. The thread loads the parsers, and caches parsed files between scans.
 * @param program the program of the thread, which calls `answerScans` with the engine
 */
export async function createWorkerEngine(program: URL = scanner): Promise<WorkerEngine> {
  const pending = new Map<number, Pending>();
  let count = 0;
  let { worker, rules } = await start(program, pending);
  return {
    rules,
    async scan(options) {
      if (worker.threadId < 0) ({ worker, rules } = await start(program, pending));
      if (options.signal.aborted) throw new ScanCancelled();
      const id = ++count;
      const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      const cancel = (): void => {
        Atomics.store(cancelled, 0, 1);
      };
      options.signal.addEventListener('abort', cancel);
      try {
        return await new Promise<ScanResult>((resolve, reject) => {
          pending.set(id, { options, resolve, reject });
          worker.ref();
          worker.postMessage(question(id, options, rules, cancelled));
        });
      } finally {
        pending.delete(id);
        if (pending.size === 0) worker.unref();
        options.signal.removeEventListener('abort', cancel);
      }
    },
    async close() {
      await worker.terminate();
    },
  };
}

function question(
  id: number,
  { project, root, unsaved, wants, models, today }: LiveScanOptions,
  rules: readonly RuleInfo[],
  cancelled: Int32Array,
): WorkerScan {
  const wanted = rules.map((rule) => rule.id).filter((rule) => wants(rule));
  const { files, settings, notices } = project;
  return { id, files, settings, notices, root, unsaved, wanted, models, today, cancelled };
}

async function start(
  program: URL,
  pending: Map<number, Pending>,
): Promise<{ readonly worker: Worker; readonly rules: readonly RuleInfo[] }> {
  const worker = createWorker(program);
  // Standard output may carry a protocol.
  worker.stdout.pipe(process.stderr, { end: false });
  const rules = await new Promise<readonly RuleInfo[]>((resolve, reject) => {
    worker.on('message', (answer: WorkerAnswer) => {
      if (answer.kind === 'ready') resolve(answer.rules);
      else settle(answer, pending.get(answer.id));
    });
    const fail = (problem: Error): void => {
      reject(problem);
      for (const { reject: rejectScan } of pending.values()) rejectScan(problem);
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('The thread of the scanner has ended.')));
  });
  worker.unref();
  return { worker, rules };
}

function createWorker(program: URL): Worker {
  if (!program.pathname.endsWith('.ts')) return new Worker(program, { stdout: true, execArgv: [] });
  // Runs the sources with tsx, whose hooks are not inherited by threads (privatenumber/tsx#354).
  const source = JSON.stringify(program.href);
  const code = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then((tsx) => tsx.tsImport(${source}, ${source}))`;
  return new Worker(code, { eval: true, stdout: true });
}

function settle(answer: Exclude<WorkerAnswer, { kind: 'ready' }>, pending: Pending | undefined): void {
  if (!pending) return;
  switch (answer.kind) {
    case 'progress':
      pending.options.progress(answer.done, answer.total);
      break;
    case 'result':
      pending.resolve(answer.result);
      break;
    case 'cancelled':
      pending.reject(new ScanCancelled());
      break;
    case 'mistake': {
      const { code, message, why, fix } = answer.mistake;
      pending.reject(new ScanMistake(code, message, why, fix));
      break;
    }
    case 'failure':
      pending.reject(new Error(answer.message));
  }
}
