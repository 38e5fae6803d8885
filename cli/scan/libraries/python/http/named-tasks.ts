import type { HostId } from '../../../languages/language-id.ts';

/** The language of these libraries. */
export const taskHost: HostId = 'python';

/**
 * Functions and methods that take the name of a task in place of the function: rq 2 (`enqueue`), Celery 5 (`send_task`),
 * django-q2 1 (`async_task`, `schedule`), arq 0.26 (`enqueue_job`), APScheduler 3 (`add_job`). A path has dots; a plain
 * name is the function's own, or the one that it is registered under.
 */
export const taskTakers: ReadonlyMap<string, { readonly at: number; readonly isPlain?: true }> = new Map([
  ['enqueue', { at: 0 }],
  ['enqueue_at', { at: 1 }],
  ['enqueue_in', { at: 1 }],
  ['enqueue_call', { at: 0 }],
  ['send_task', { at: 0 }],
  ['async_task', { at: 0 }],
  ['add_job', { at: 0 }],
  ['enqueue_job', { at: 0, isPlain: true }],
]);
