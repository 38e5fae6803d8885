/**
 * What a method does with its receiver: it appends its arguments, puts them anywhere or under a key, or moves items, so
 * that their positions are unknown afterwards.
 */
export type Moves = 'appends' | 'puts' | 'keyed' | 'moves';

const namesOf: { readonly [K in Moves]: string } = {
  appends: 'push append',
  puts: 'unshift appendleft add insert put',
  keyed: 'set setdefault',
  moves: 'pop shift splice sort reverse remove clear extend concat fill popleft rotate',
};
/** What each method does with its receiver, by method name. */
export const movesOf: ReadonlyMap<string, Moves> = new Map(
  (Object.keys(namesOf) as Moves[]).flatMap((how) => namesOf[how].split(' ').map((name) => [name, how])),
);
