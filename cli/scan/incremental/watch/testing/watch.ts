/** A program that watches the folder in its first argument. */
import { runWatch } from '../run-watch.ts';
import { createWorkerEngine } from '../worker-engine.ts';

process.exitCode = await runWatch(
  { paths: [], format: 'text', only: [], skip: [], updateBaseline: false },
  { cwd: process.argv[2] ?? '', version: '0', color: false, progress: () => undefined },
  () => createWorkerEngine(new URL('./word-worker.ts', import.meta.url)),
);
