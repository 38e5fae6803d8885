import type { Linker } from './linker.ts';

/**
 * Makes the tokens of a receiver flow into the result of `receiver.get(...)`: a collection and its elements share one
 * points-to set. Leaves out library types whose model describes `get` itself.
 */
export function passGotten(linker: Linker, module: number, receiver: number, node: number): void {
  const { states } = linker.apiOf(module);
  linker.graph.listen(receiver, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (kind !== 'state' || !states[ref]?.members.has('get')) linker.graph.add(node, token);
  });
}
