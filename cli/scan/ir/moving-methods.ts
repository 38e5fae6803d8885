/**
 * What a method does with its receiver, a collection. `appends`: adds its arguments at the end. `puts`: adds them at an
 * unknown position. `keyed`: stores an argument under a key. `moves`: makes the positions of items unknown.
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
