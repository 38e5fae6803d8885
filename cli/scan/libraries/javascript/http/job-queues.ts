/**
 * A library with queues for a program's own jobs: code adds a job in one place, and the queue passes it to a worker
 * function in another. The libraries are Bull 4, BullMQ 5, Bee-Queue 1, Agenda 5, pg-boss 9 and 10, @nestjs/bull and
 * @nestjs/bullmq 10. Documentation: the README of each.
 */
export interface JobLibrary {
  readonly packages: readonly string[];
  /** Names of the exports that are the class of queues. */
  readonly queues: readonly string[];
  /**
   * True if a queue is created with a name, and its jobs may have names too: `new Queue('mail')`. False if only jobs
   * have names, which each method takes: `boss.send('mail', data)`.
   */
  readonly isNamed: boolean;
  /**
   * Methods that add a job, each with the position of the job's name. The next argument is the job's data. If
   * `isNamed`, the name may be missing: `queue.add(data)`.
   */
  readonly adds: ReadonlyMap<string, number>;
  /** The method that adds a list of jobs, each with its name and its `data`. */
  readonly addsMany?: string;
  /**
   * Methods that register a worker function, each with the position of the jobs' name. The function is the last
   * argument.
   */
  readonly works: ReadonlyMap<string, number>;
  /** The path from a job to its data: `['attrs', 'data']` for `job.attrs.data`. */
  readonly data: readonly string[];
  /** A worker function may be passed a list of jobs in place of one job. */
  readonly isBatch?: true;
}

export const jobLibraries: readonly JobLibrary[] = [
  {
    packages: ['bull', 'bullmq', 'bee-queue'],
    queues: ['Queue', 'default', '*'],
    isNamed: true,
    adds: new Map([
      ['add', 0],
      ['addBulk', 0],
      ['createJob', 0],
    ]),
    addsMany: 'addBulk',
    works: new Map([['process', 0]]),
    data: ['data'],
  },
  {
    packages: ['agenda', '@hokify/agenda', '@agendajs/agenda'],
    queues: ['Agenda', 'default', '*'],
    isNamed: false,
    adds: new Map([
      ['now', 0],
      ['create', 0],
      ['schedule', 1],
      ['every', 1],
    ]),
    works: new Map([['define', 0]]),
    data: ['attrs', 'data'],
  },
  {
    packages: ['pg-boss'],
    queues: ['PgBoss', 'default', '*'],
    isNamed: false,
    adds: new Map([
      ['send', 0],
      ['publish', 0],
      ['sendAfter', 0],
      ['sendOnce', 0],
    ]),
    works: new Map([
      ['work', 0],
      ['subscribe', 0],
    ]),
    data: ['data'],
    isBatch: true,
  },
];

/** Names of classes, each after its package, whose constructor takes a queue's name and the worker function. */
export const workerClasses: ReadonlySet<string> = new Set(['bullmq.Worker']);

/** Packages with NestJS's decorators for queues and workers. */
export const queueModules: ReadonlySet<string> = new Set(['@nestjs/bull', '@nestjs/bullmq']);

/**
 * Names of decorators of @nestjs/bull and @nestjs/bullmq. `inject` marks a parameter that gets a queue, `processor` a
 * class with worker methods, and `method` a worker method.
 */
export const queueDecorators: Readonly<Record<'inject' | 'processor' | 'method', string>> = {
  inject: 'InjectQueue',
  processor: 'Processor',
  method: 'Process',
};

/**
 * The name of the method that handles all jobs of a NestJS `@Processor()` class in which no method is decorated as a
 * worker.
 */
export const processorMethod = 'process';
