/** How often a process checks whether its parent still runs. */
const everyMs = 100;
const variable = 'BULWARK_PARENT';

/** Environment variable for a process that calls `watchParent`. */
export function parentVariable(): Readonly<Record<string, string>> {
  return { [variable]: String(process.pid) };
}

/**
 * For a process that works for another one: ends it once the other is gone, as after a SIGKILL, which nobody is told of.
 *
 * @param cleanUp removes what the parent would have removed
 * @returns a function that checks now: it ends this process if nobody waits for its answer any more
 */
export function watchParent(cleanUp: () => void): () => void {
  // The parent may have been killed before this process got here.
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
