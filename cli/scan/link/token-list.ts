/** Tokens in the order of their arrival. Equal lists are the same one: very many nodes hold the same few. */
export interface TokenList {
  readonly tokens: readonly number[];
  /** Those that it becomes with one token more. */
  readonly longer: Map<number, TokenList>;
}

/** The list of nodes that hold nothing. A graph has its own, as all others hang on it. */
export function emptyList(): TokenList {
  return { tokens: [], longer: new Map() };
}

export function withToken({ tokens, longer }: TokenList, token: number): TokenList {
  const known = longer.get(token);
  if (known) return known;
  const list = { tokens: [...tokens, token], longer: new Map() };
  longer.set(token, list);
  return list;
}
