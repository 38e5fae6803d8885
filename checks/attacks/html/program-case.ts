/** A case that is a piece of a program: it throws where the library does not do what its page says. */
export interface ProgramCase {
  readonly name: string;
  readonly kind: 'attack' | 'use';
  readonly run: () => unknown;
}

export function attackBy(name: string, run: () => unknown): ProgramCase {
  return { name, kind: 'attack', run };
}

export function useBy(name: string, run: () => unknown): ProgramCase {
  return { name, kind: 'use', run };
}
