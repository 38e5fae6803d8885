import { pbkdf2 } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs';
import { PassThrough } from 'node:stream';
import { currentRequest } from '../../../lib/request/context.ts';

/** The request's context as data; null outside of a request. */
export function context(): object | null {
  const current = currentRequest();
  if (current === undefined) return null;
  const { id, method, route, client, user, nonce } = current;
  return { id, method, route, client, user, nonce };
}

type Done = () => void;

const ways: Readonly<Record<string, (done: Done) => void>> = {
  await: (done) => void Promise.resolve().then(done),
  microtask: (done) => queueMicrotask(done),
  tick: (done) => process.nextTick(done),
  immediate: (done) => void setImmediate(done),
  timer: (done) => void setTimeout(done, 2),
  file: (done) => readFile(new URL(import.meta.url), done),
  threads: (done) => pbkdf2('a', 'b', 1, 8, 'sha256', done),
  stream: (done) => {
    const through = new PassThrough();
    through.once('data', () => done());
    setImmediate(() => through.end('x'));
  },
  emitter: (done) => {
    const emitter = new EventEmitter().once('ready', done);
    setTimeout(() => emitter.emit('ready'), 2);
  },
  'web-stream': (done) => {
    const { readable, writable } = new TransformStream<string, string>({
      transform: (chunk, controller) => {
        controller.enqueue(chunk);
        done();
      },
    });
    const writer = writable.getWriter();
    void writer.write('x').then(() => writer.close());
    void readable.getReader().read();
  },
};

export const contextWays: readonly string[] = Object.keys(ways);

/** The context as code sees it that runs later, by one of `contextWays`. */
export function contextAfter(how: string): Promise<object | null> {
  return new Promise((resolve, reject) => {
    const way = Object.hasOwn(ways, how) ? ways[how] : undefined;
    if (way) way(() => resolve(context()));
    else reject(new Error(`There is no way ${how}.`));
  });
}
