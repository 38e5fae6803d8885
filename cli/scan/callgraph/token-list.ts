/** A points-to set: tokens in order of arrival. Lists are interned, as very many nodes hold the same few tokens. */
export interface TokenList {
  readonly tokens: readonly number[];
  readonly last: number;
  /** Unique for each list. */
  readonly id: number;
  /** The first list made from this one by adding one token. Most lists have no other extension. */
  longer: TokenList | undefined;
  /** The other lists made from this one by adding one token, by that token. */
  others: Map<number, TokenList> | undefined;
}

/** Interns the points-to sets of a graph: equal sets are the same object. */
export class TokenLists {
  /** The empty list, root of all others. */
  readonly nothing: TokenList = { tokens: [], last: -1, id: 0, longer: undefined, others: undefined };
  /** The number of lists so far. */
  count = 1;

  /** The list with a token added. The token must not be in the list. */
  withToken(list: TokenList, token: number): TokenList {
    const first = list.longer;
    if (first?.last === token) return first;
    const known = list.others?.get(token);
    if (known) return known;
    const tokens = [...list.tokens, token];
    const longer = { tokens, last: token, id: this.count++, longer: undefined, others: undefined };
    if (!first) list.longer = longer;
    else if (list.others) list.others.set(token, longer);
    else list.others = new Map([[token, longer]]);
    return longer;
  }
}
