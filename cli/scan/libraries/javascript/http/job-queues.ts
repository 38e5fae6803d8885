/**
 * Queues of a program's own jobs: what is added in one place is handed to the worker in another. Bull 4, BullMQ 5, Bee-Queue 1,
 * Agenda 5, pg-boss 9 and 10, @nestjs/bull and @nestjs/bullmq 10. Documentation: the README of each.
 */
export interface JobLibrary {
  readonly packages: readonly string[];
  /** Names under which they export their queues. */
  readonly queues: readonly string[];
  /** A queue is made with its name, and may have jobs of several names; or each method is told the name of the job. */
  readonly isNamed: boolean;
  /** Methods that add a job: where its name stands, with the data behind it. Where a queue is named it may be left out. */
  readonly adds: ReadonlyMap<string, number>;
  /** The one that adds a list of jobs, each with its name and its `data`. */
  readonly addsMany?: string;
  /** Methods that say what works on jobs: where their name stands. The function is the last argument. */
  readonly works: ReadonlyMap<string, number>;
  /** Where a job has its data. */
  readonly data: readonly string[];
  /** A worker is handed several jobs at once, or one. */
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

/** Classes that are given a queue's name and the function that works on its jobs. */
export const workerClasses: ReadonlySet<string> = new Set(['bullmq.Worker']);

/** Packages that bring Nest's decorators. */
export const queueModules: ReadonlySet<string> = new Set(['@nestjs/bull', '@nestjs/bullmq']);

/** Nest's decorators: what is given a queue, a class whose methods work on its jobs, and such a method. */
export const queueDecorators: Readonly<Record<'inject' | 'processor' | 'method', string>> = {
  inject: 'InjectQueue',
  processor: 'Processor',
  method: 'Process',
};

/** The method of a processor that works on all jobs where no method is decorated. */
export const processorMethod = 'process';
