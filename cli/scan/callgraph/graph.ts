import { maxListenerDepth, maxPointsToTokens, maxTableTokens } from '../budgets/callgraph.ts';
import { NumberLists } from './number-lists.ts';
import { type TokenList, TokenLists } from './token-list.ts';

type Listener = (token: number) => void;

/**
 * The points-to graph: nodes have points-to sets, and edges propagate all tokens. A listener on a node is called for
 * each token of that node, including tokens that the node held before the listener was added. It may be called twice
 * for one token. A listener may add nodes, edges and tokens. Tokens arrive in the order in which they were added, so
 * the same program gives the same graph.
 */
export class Graph {
  readonly #lists = new TokenLists();
  readonly #nothing = this.#lists.nothing;
  readonly #held: TokenList[];
  /** How many more tokens each node accepts. */
  #room: Uint16Array;
  #edges = new NumberLists();
  #listeners: Listener[] = [];
  /** The listeners of each node, as indices in `#listeners`. */
  #listening = new NumberLists();
  /** The worklist: pairs of a node and a token that arrived there. Those from `#head` to `#tail` are pending. */
  #queue = new Int32Array(1024);
  #head = 0;
  #tail = 0;
  readonly #isFunction: (token: number) => boolean;
  /** Work done so far. The budget counts edges and listeners too, as listeners may add more without end. */
  #steps = 0;
  #isRunning = false;
  /** The nesting of listener calls. */
  #depth = 0;
  readonly #waiting: { readonly listener: Listener; readonly token: number }[] = [];

  /** @param isFunction whether a token is a function that is not a method */
  constructor(nodes: number, isFunction: (token: number) => boolean) {
    this.#held = new Array<TokenList>(nodes).fill(this.#nothing);
    this.#room = new Uint16Array(nodes).fill(maxPointsToTokens);
    this.#isFunction = isFunction;
  }

  /** Adds a node with an empty points-to set. */
  node(): number {
    const node = this.#held.push(this.#nothing) - 1;
    if (node >= this.#room.length) {
      const room = new Uint16Array(2 * node + 1024).fill(maxPointsToTokens, node);
      room.set(this.#room);
      this.#room = room;
    }
    return node;
  }

  /**
   * Lets a node hold up to `most` functions, because it is a table of handlers or a read of one. Other tokens keep the usual
   * bound.
   */
  table(node: number, most: number = maxTableTokens): void {
    this.#room[node] = Math.max(0, most - this.tokens(node).length);
  }

  tokens(node: number): readonly number[] {
    return this.list(node).tokens;
  }

  /** The interned list of a node's tokens. Nodes with equal lists share one object. */
  list(node: number): TokenList {
    return this.#held[node] ?? this.#nothing;
  }

  /** The number of token lists so far. All their ids are below it. */
  get lists(): number {
    return this.#lists.count;
  }

  /** Adds a token to a node's points-to set, unless the set is full. */
  add(node: number, token: number): void {
    const room = this.#room[node];
    if (!room) return;
    const held = this.#held[node] as TokenList;
    const { tokens } = held;
    if (tokens.includes(token)) return;
    // A table of handlers keeps the remaining room for functions.
    if (tokens.length >= maxPointsToTokens && !this.#isFunction(token)) return;
    this.#held[node] = this.#lists.withToken(held, token);
    this.#room[node] = room - 1;
    this.#enqueue(node, token);
  }

  #enqueue(node: number, token: number): void {
    if (this.#tail === this.#queue.length) {
      const waiting = this.#queue.subarray(this.#head, this.#tail);
      this.#queue = new Int32Array(2 * waiting.length + 1024);
      this.#queue.set(waiting);
      this.#head = 0;
      this.#tail = waiting.length;
    }
    this.#queue[this.#tail] = node;
    this.#queue[this.#tail + 1] = token;
    this.#tail += 2;
  }

  /**
   * Makes the tokens of `from`, earlier and later ones, flow to `to`. Does not check for an existing edge: duplicates are rare.
   */
  edge(from: number, to: number): void {
    if (from === to) return;
    this.#steps++;
    this.#edges.push(from, to);
    const list = this.#held[from];
    if (!list || list === this.#nothing) return;
    const { tokens } = list;
    const held = this.#held[to];
    // Equal lists are identical objects.
    if (held === list) return;
    if (held !== this.#nothing || tokens.length > maxPointsToTokens) {
      for (const token of tokens) this.add(to, token);
      return;
    }
    // An empty node takes over the whole list.
    this.#held[to] = list;
    this.#room[to] = (this.#room[to] as number) - tokens.length;
    for (const token of tokens) this.#enqueue(to, token);
  }

  /** Calls `tell` with the target of each edge of a node. */
  eachEdge(node: number, tell: (to: number) => void): void {
    const edges = this.#edges;
    for (let at = edges.first(node); at !== 0; at = edges.next(at)) tell(edges.value(at));
  }

  /** Calls the listener for each token of a node, earlier and later ones. A token may be reported twice. */
  listen(node: number, listener: Listener): void {
    this.#steps++;
    this.#listening.push(node, this.#listeners.push(listener) - 1);
    // Before the first run, all tokens are still in the queue.
    if (this.#isRunning) for (const token of this.tokens(node)) this.#tell(listener, token);
  }

  /** Calls a listener at once. Beyond `maxListenerDepth` the call waits, so that deep hierarchies do not exhaust the stack. */
  #tell(listener: Listener, token: number): void {
    if (this.#depth >= maxListenerDepth) {
      this.#waiting.push({ listener, token });
      return;
    }
    this.#depth++;
    listener(token);
    this.#depth--;
  }

  /** Propagates tokens to a fixed point. False if the number of steps, counted over all runs, exceeded the budget first. */
  run(budget: number): boolean {
    this.#isRunning = true;
    for (; this.#head < this.#tail; this.#head += 2) {
      const node = this.#queue[this.#head] as number;
      if (!this.#pass(node, this.#queue[this.#head + 1] as number, budget)) return false;
    }
    return true;
  }

  /** Propagates one token from a node. False if the budget ran out. */
  #pass(node: number, token: number, budget: number): boolean {
    if (++this.#steps > budget) return false;
    // Nothing adds an edge in this loop.
    const { nexts, values } = this.#edges;
    for (let at = this.#edges.first(node); at !== 0; at = nexts[at] as number)
      this.add(values[at] as number, token);
    const listening = this.#listening;
    // `listen` itself calls listeners that are added meanwhile.
    const first = listening.first(node);
    const last = first === 0 ? 0 : listening.last(node);
    for (let at = first; at !== 0; at = at === last ? 0 : listening.next(at))
      this.#listeners[listening.value(at)]?.(token);
    for (let late = this.#waiting.pop(); late; late = this.#waiting.pop()) {
      if (++this.#steps > budget) return false;
      late.listener(late.token);
    }
    return true;
  }

  /** Ends propagation between the existing nodes. Their points-to sets stay readable, and can flow into new nodes. */
  settle(): void {
    this.#edges = new NumberLists();
    this.#listeners = [];
    this.#listening = new NumberLists();
    // Work that the budget cut off must not continue without a budget.
    this.#head = this.#tail;
    this.#waiting.length = 0;
  }
}
