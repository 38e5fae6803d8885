/** Tokens in the order of their arrival. Equal lists are the same one: very many nodes hold the same few. */
export interface TokenList {
  readonly tokens: readonly number[];
  readonly last: number;
  /** No other list has it. */
  readonly id: number;
  /** The first list that it became with one token more: of most lists there is no other. */
  longer: TokenList | undefined;
  /** The others, by that token. */
  others: Map<number, TokenList> | undefined;
}

/** All lists of a graph. */
export class TokenLists {
  /** The list of nodes that hold nothing: all others hang on it. */
  readonly nothing: TokenList = { tokens: [], last: -1, id: 0, longer: undefined, others: undefined };
  /** How many there are so far. */
  count = 1;

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
