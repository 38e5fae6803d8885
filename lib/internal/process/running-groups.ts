import { signalGroup } from './kill-tree.ts';

/** The leaders of the running groups. */
const leaders = new Set<number>();
let isListening = false;

/** Kills the group if this process exits, until the returned function is called. A signal that ends this process at once can't be handled. */
export function killAtExit(leader: number): () => void {
  if (!isListening) {
    isListening = true;
    process.once('exit', () => {
      for (const one of leaders) signalGroup(one, 'SIGKILL');
    });
  }
  leaders.add(leader);
  return () => leaders.delete(leader);
}
