import type { Linker } from './linker.ts';

/**
 * Passes the receiver on as the result of `get`, unless its library model describes `get`: a string in a mapping is not a
 * mapping.
 */
export function passGotten(linker: Linker, module: number, receiver: number, node: number): void {
  const { states } = linker.apiOf(module);
  linker.graph.listen(receiver, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (kind !== 'state' || !states[ref]?.members.has('get')) linker.graph.add(node, token);
  });
}
