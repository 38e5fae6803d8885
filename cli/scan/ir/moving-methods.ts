/**
 * What a method does with what it is called on: it puts its arguments at the end, somewhere, or under a key, or nobody
 * knows after it what stands where.
 */
export type Moves = 'appends' | 'puts' | 'keyed' | 'moves';

const namesOf: { readonly [K in Moves]: string } = {
  appends: 'push append',
  puts: 'unshift appendleft add insert put',
  keyed: 'set setdefault',
  moves: 'pop shift splice sort reverse remove clear extend concat fill popleft rotate',
};
/** By the name of a method. */
export const movesOf: ReadonlyMap<string, Moves> = new Map(
  (Object.keys(namesOf) as Moves[]).flatMap((how) => namesOf[how].split(' ').map((name) => [name, how])),
);
