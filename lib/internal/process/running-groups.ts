import { signalGroup } from './kill-tree.ts';

/** Leaders of the groups that are running. */
const leaders = new Set<number>();
let isListening = false;

/** Until the function that it gives is called, the group is killed if this process exits. A signal that ends this process at once can't be heard. */
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
