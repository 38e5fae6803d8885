import type { Linker } from './linker.ts';

/** What a library's own `get` gives, the models say: a text of a mapping is no mapping. */
export function passGotten(linker: Linker, module: number, receiver: number, node: number): void {
  const { states } = linker.apiOf(module);
  linker.graph.listen(receiver, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (kind !== 'state' || !states[ref]?.members.has('get')) linker.graph.add(node, token);
  });
}
