import { LabError } from './lab-error.ts';

/** Those who wait at once: more is no visitor's doing. */
const most = 20;

/** Runs what it is given one after the other: what two attacks did at the same time could not be told apart. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (work) => {
    if (waiting >= most) {
      const what = `${most} attacks are waiting already. Wait for one to finish, then fire again.`;
      return Promise.reject(new LabError(503, what));
    }
    waiting++;
    const done = last.then(work).finally(() => {
      waiting--;
    });
    last = done.catch(() => {});
    return done;
  };
}
