/** How often a process looks whether it still has its parent. */
const everyMs = 100;
const variable = 'BULWARK_PARENT';

/** For the environment of a process that calls `watchParent`. */
export function parentVariable(): Readonly<Record<string, string>> {
  return { [variable]: String(process.pid) };
}

/**
 * For a process that works for another one: ends it once that is gone, as after a SIGKILL, which tells nobody anything.
 *
 * @param cleanUp removes what the parent would have removed
 * @returns looks now: ends this process if nobody waits for its answer any more
 */
export function watchParent(cleanUp: () => void): () => void {
  // Its parent may have been killed before this process came here.
  const parent = Number(process.env[variable]);
  const look = (): void => {
    if (process.ppid === parent) return;
    cleanUp();
    process.exit(1);
  };
  look();
  setInterval(look, everyMs).unref();
  process.once('exit', look);
  return look;
}
