/** Imports each path in a thread of its own, where nothing is loaded yet. A thread that does not end keeps the process alive. */
export const importEach: string = `
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
const importOne = (path) =>
  new Promise((done) => {
    let said = 'said nothing';
    new Worker(new URL(import.meta.url), { workerData: path })
      .on('message', (count) => (said = count))
      .on('error', (error) => (said = String(error)))
      .on('exit', () => done(said));
  });
if (isMainThread) for (const path of process.argv.slice(2)) console.log(path, await importOne(path));
else parentPort.postMessage(Object.keys(await import(workerData)).length);
`;
