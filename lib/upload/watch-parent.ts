/** How often a process looks whether it still has its parent. */
const everyMs = 100;

/**
 * For a process that works for another one: ends it once that is gone, as after a SIGKILL, which tells nobody anything.
 *
 * @param cleanUp removes what the parent would have removed
 * @returns looks now: ends this process if nobody waits for its answer any more
 */
export function watchParent(cleanUp: () => void): () => void {
  const parent = process.ppid;
  const look = (): void => {
    if (process.ppid === parent) return;
    cleanUp();
    process.exit(1);
  };
  setInterval(look, everyMs).unref();
  return look;
}
