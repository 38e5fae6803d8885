/** Tokens in the order of their arrival. Equal lists are the same one: very many nodes hold the same few. */
export interface TokenList {
  readonly tokens: readonly number[];
  /** Those that it becomes with one token more: of most lists there is none. */
  longer: Map<number, TokenList> | undefined;
}

/** The list of nodes that hold nothing. A graph has its own, as all others hang on it. */
export function emptyList(): TokenList {
  return { tokens: [], longer: undefined };
}

export function withToken(list: TokenList, token: number): TokenList {
  const known = list.longer?.get(token);
  if (known) return known;
  const longer = { tokens: [...list.tokens, token], longer: undefined };
  list.longer ??= new Map();
  list.longer.set(token, longer);
  return longer;
}
