/** Tokens in the order of their arrival. Equal lists are the same one: very many nodes hold the same few. */
export interface TokenList {
  readonly tokens: readonly number[];
  readonly last: number;
  /** The first list that it became with one token more: of most lists there is no other. */
  longer: TokenList | undefined;
  /** The others, by that token. */
  others: Map<number, TokenList> | undefined;
}

/** The list of nodes that hold nothing. A graph has its own, as all others hang on it. */
export function emptyList(): TokenList {
  return { tokens: [], last: -1, longer: undefined, others: undefined };
}

export function withToken(list: TokenList, token: number): TokenList {
  const first = list.longer;
  if (first?.last === token) return first;
  const known = list.others?.get(token);
  if (known) return known;
  const longer = { tokens: [...list.tokens, token], last: token, longer: undefined, others: undefined };
  if (!first) list.longer = longer;
  else if (list.others) list.others.set(token, longer);
  else list.others = new Map([[token, longer]]);
  return longer;
}
