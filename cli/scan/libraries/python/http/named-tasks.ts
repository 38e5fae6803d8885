import type { HostId } from '../../../languages/language-id.ts';

/** The language of the task queues in this file, such as Celery. */
export const taskHost: HostId = 'python';

/**
 * Names of functions and methods that take a task's name in place of its function, each with the position of that
 * argument: rq 2 (`enqueue`), Celery 5 (`send_task`), django-q2 1 (`async_task`), arq 0.26 (`enqueue_job`), APScheduler 3
 * (`add_job`). The task's name is a dotted path, or the name that the function is registered under. With `isPlain`, it is
 * the function's own name.
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
