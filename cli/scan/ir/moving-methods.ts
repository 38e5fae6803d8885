/**
 * What a method does with its receiver. It adds its arguments at the end (`appends`) or at an unknown position (`puts`), stores
 * one under a key (`keyed`), or makes the positions of items unknown (`moves`).
 */
export type Moves = 'appends' | 'puts' | 'keyed' | 'moves';

const namesOf: { readonly [K in Moves]: string } = {
  appends: 'push append',
  puts: 'unshift appendleft add insert put',
  keyed: 'set setdefault',
  moves: 'pop shift splice sort reverse remove clear extend concat fill popleft rotate',
};
/** The effect of each method on its receiver, by method name. */
export const movesOf: ReadonlyMap<string, Moves> = new Map(
  (Object.keys(namesOf) as Moves[]).flatMap((how) => namesOf[how].split(' ').map((name) => [name, how])),
);
