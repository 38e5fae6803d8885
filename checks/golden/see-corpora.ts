import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { corpusOf } from './corpora.ts';
import type { Unit } from './snapshot.ts';

/** A unit that a worker is asked for. */
export interface Job {
  readonly corpus: string;
  readonly unit: string;
}

/** What it answers. */
export type Answer = { readonly seen: Unit } | { readonly error: string };

/** Scans the units of the corpora in processes of their own, each of which takes the next one that is left. */
export async function seeCorpora(names: readonly string[], workers: number): Promise<Map<string, Unit[]>> {
  const jobs = names.flatMap((corpus) =>
    corpusOf(corpus)
      .units()
      .map((unit): Job => ({ corpus, unit })),
  );
  const seen = new Map(names.map((name): [string, Unit[]] => [name, []]));
  let next = 0;
  const work = async (): Promise<void> => {
    const child = fork(fileURLToPath(new URL('see-worker.ts', import.meta.url)), {
      execArgv: process.execArgv,
    });
    try {
      for (let job = jobs[next++]; job; job = jobs[next++]) seen.get(job.corpus)?.push(await ask(child, job));
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return seen;
}

async function ask(child: ChildProcess, job: Job): Promise<Unit> {
  const ended = new AbortController();
  const end = once(child, 'exit', { signal: ended.signal }).then(() => {
    throw new Error(`The worker ended while it scanned ${job.unit}.`);
  });
  const answered = once(child, 'message', { signal: ended.signal });
  child.send(job);
  try {
    const [answer] = (await Promise.race([answered, end])) as [Answer];
    if ('error' in answer) throw new Error(`${job.unit}: ${answer.error}`);
    return answer.seen;
  } finally {
    await stop(ended, [end, answered]);
  }
}

/** Both listeners are taken away, also the one that waited in vain. */
async function stop(ended: AbortController, waiting: readonly Promise<unknown>[]): Promise<void> {
  ended.abort();
  await Promise.allSettled(waiting);
}
