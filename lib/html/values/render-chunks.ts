import { Misuse } from '../../refusal/misuse.ts';
import { nonceFor, type RenderOptions } from '../render.ts';
import { fillNonces } from './fill-nonces.ts';
import type { Place } from './place.ts';
import { type Content, contentOf, type Late, type LateHtml, type SafeHtml } from './safe-html.ts';
import { lateSlot } from './slots.ts';
import { isPromise, listenTo, writeText } from './write-text.ts';
import type { Written } from './written.ts';

/** The chunks of a page, one at a time. Nothing is read ahead: what is not asked for is not awaited. */
export interface Chunks {
  /** The next chunk, or undefined at the end. */
  next(): Promise<string | undefined>;
  /** Ends it, also while it waits: `next` rejects, and the iterables that are open are told to return. */
  stop(reason: unknown): void;
}

/** What is left to do, innermost last: text, what is to be awaited, and iterables that are open. */
type Task = string | Late | Opened;

interface Opened {
  readonly iterator: AsyncIterator<unknown>;
  readonly place: Place;
}

/** By its own field, not by one of a polluted prototype. */
function isOpened(task: Late | Opened): task is Opened {
  return Object.hasOwn(task, 'iterator');
}

/** Taken when the page is asked for, since by the time of a later chunk another request may be current. */
export function renderChunks(page: SafeHtml | LateHtml, options: RenderOptions | undefined): Chunks {
  const content = contentOf(page);
  if (!content) throw new Misuse('html/not-safe-html');
  const nonce = nonceFor(options);
  const tasks: Task[] = tasksOf(content);
  let stopped: { readonly reason: unknown } | undefined;
  let interrupt: ((reason: unknown) => void) | undefined;

  /** The value, unless the page is stopped first. Only the wait of the moment is known, so that none pile up. */
  function wait<T>(value: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      interrupt = reject;
      value.then(resolve, reject);
    });
  }

  /** One at a time: a call takes some hundred thousand arguments, and a list may be longer. */
  function add(more: readonly Task[]): void {
    for (const task of more) tasks.push(task);
  }

  async function next(): Promise<string | undefined> {
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
      if (stopped) throw stopped.reason;
      if (typeof task === 'string') {
        if (task !== '') return task.includes('\0') ? fillNonces(task, nonce) : task;
      } else if (isOpened(task)) {
        // On the list while it waits, so that `stop` finds it.
        tasks.push(task);
        const step: unknown = await wait(task.iterator.next());
        if (!isStep(step)) throw new Misuse('html/invalid-value', notAStep);
        if (step.done) tasks.pop();
        else add(tasksOfValue(step.value, task.place));
      } else if (isPromise(task.value)) add(tasksOfValue(await wait(task.value), task.place));
      else tasks.push({ iterator: task.value[Symbol.asyncIterator](), place: task.place });
    }
    if (stopped) throw stopped.reason;
    return undefined;
  }

  function stop(reason: unknown): void {
    if (stopped) return;
    stopped = { reason };
    interrupt?.(reason);
    for (const task of tasks.splice(0)) {
      if (typeof task === 'object' && isOpened(task)) close(task.iterator);
    }
  }

  return {
    async next() {
      try {
        return await next();
      } catch (error) {
        stop(error);
        throw error;
      }
    },
    stop,
  };
}

/** Anything but an object has no `done`, and would be asked for the next one for ever. */
function isStep(step: unknown): step is { readonly done?: unknown; readonly value?: unknown } {
  return (typeof step === 'object' && step !== null) || typeof step === 'function';
}

const notAStep = 'next() of an async iterator gave what is no object.';

/** Not awaited: a generator returns only once what it waits for is there. */
function close(iterator: AsyncIterator<unknown>): void {
  try {
    Promise.resolve(iterator.return?.()).then(undefined, () => {});
  } catch {
    // The reason why the page ended is told already.
  }
}

/** The last one first. */
function tasksOf({ markup, lates }: Pick<Content, 'markup' | 'lates'>): Task[] {
  if (!lates) return [markup];
  const tasks: Task[] = [];
  for (const [i, text] of markup.split(lateSlot).entries()) {
    if (i > 0) tasks.push(lates[i - 1] as Late);
    tasks.push(text);
  }
  return tasks.reverse();
}

function tasksOfValue(value: unknown, place: Place): Task[] {
  const written: Written = {
    fitsForeign: true,
    effects: 0,
    entered: false,
    slotted: false,
    lates: undefined,
  };
  try {
    const markup = writeText(value, place, written, 0);
    return tasksOf({ markup, lates: written.lates });
  } catch (error) {
    listenTo(value);
    throw error;
  }
}
