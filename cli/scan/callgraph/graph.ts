import { NumberLists } from './number-lists.ts';
import { type TokenList, TokenLists } from './token-list.ts';

/** More things than this one value can hardly be: what comes after is left out. */
const maxTokens = 12;
/** But a table of handlers holds many functions. */
const maxHandlers = 64;

type Listener = (token: number) => void;

/**
 * A graph of nodes that hold tokens, and of edges along which all tokens flow. Listeners are told of each
 * token that arrives at their node (once or twice), those that are there already included, and may add nodes, edges and
 * tokens. Order of arrival is the order of what was added, so that the same program gives the same graph.
 */
export class Graph {
  readonly #lists = new TokenLists();
  readonly #nothing = this.#lists.nothing;
  readonly #held: TokenList[];
  /** How many tokens more each node takes. */
  #room: Uint16Array;
  #edges = new NumberLists();
  #listeners: Listener[] = [];
  /** Which of them each node has. */
  #listening = new NumberLists();
  /** Nodes and the tokens that have arrived there, in turn: those from `#head` to `#tail` still wait. */
  #queue = new Int32Array(1024);
  #head = 0;
  #tail = 0;
  readonly #isFunction: (token: number) => boolean;
  /** All that was done: the budget is for each edge and listener too, which listeners may add without end. */
  #steps = 0;
  #isRunning = false;
  /** How many listeners were told of a token while another one was. */
  #depth = 0;
  readonly #waiting: { readonly listener: Listener; readonly token: number }[] = [];

  /** @param isFunction whether a token stands for a function that is no method */
  constructor(nodes: number, isFunction: (token: number) => boolean) {
    this.#held = new Array<TokenList>(nodes).fill(this.#nothing);
    this.#room = new Uint16Array(nodes).fill(maxTokens);
    this.#isFunction = isFunction;
  }

  node(): number {
    const node = this.#held.push(this.#nothing) - 1;
    if (node >= this.#room.length) {
      const room = new Uint16Array(2 * node + 1024).fill(maxTokens, node);
      room.set(this.#room);
      this.#room = room;
    }
    return node;
  }

  /** Says that a node may be a table of handlers, or what is read from one: it holds more functions than others. */
  table(node: number, most: number = maxHandlers): void {
    this.#room[node] = Math.max(0, most - this.tokens(node).length);
  }

  tokens(node: number): readonly number[] {
    return this.list(node).tokens;
  }

  list(node: number): TokenList {
    return this.#held[node] ?? this.#nothing;
  }

  /** Lists of tokens have ids below this, so far. */
  get lists(): number {
    return this.#lists.count;
  }

  add(node: number, token: number): void {
    const room = this.#room[node];
    if (!room) return;
    const held = this.#held[node] as TokenList;
    const { tokens } = held;
    if (tokens.includes(token)) return;
    // What is left in a table of handlers is for more of them.
    if (tokens.length >= maxTokens && !this.#isFunction(token)) return;
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

  /** Nobody looks whether it is there already: hardly one is made twice. */
  edge(from: number, to: number): void {
    if (from === to) return;
    this.#steps++;
    this.#edges.push(from, to);
    const list = this.#held[from];
    if (!list || list === this.#nothing) return;
    const { tokens } = list;
    const held = this.#held[to];
    // Equal lists are the same one.
    if (held === list) return;
    if (held !== this.#nothing || tokens.length > maxTokens) {
      for (const token of tokens) this.add(to, token);
      return;
    }
    // One that is empty yet takes them all.
    this.#held[to] = list;
    this.#room[to] = (this.#room[to] as number) - tokens.length;
    for (const token of tokens) this.#enqueue(to, token);
  }

  /** Tells where the edges of a node lead. */
  eachEdge(node: number, tell: (to: number) => void): void {
    const edges = this.#edges;
    for (let at = edges.first(node); at !== 0; at = edges.next(at)) tell(edges.value(at));
  }

  listen(node: number, listener: Listener): void {
    this.#steps++;
    this.#listening.push(node, this.#listeners.push(listener) - 1);
    // Before it runs, all tokens still wait in the queue.
    if (this.#isRunning) for (const token of this.tokens(node)) this.#tell(listener, token);
  }

  /** Told at once, but for hierarchies so deep that the stack would not hold it. */
  #tell(listener: Listener, token: number): void {
    if (this.#depth >= maxDepth) {
      this.#waiting.push({ listener, token });
      return;
    }
    this.#depth++;
    listener(token);
    this.#depth--;
  }

  /** Lets all flow until nothing new arrives. False if that took more than `budget` steps and was cut. */
  run(budget: number): boolean {
    this.#isRunning = true;
    for (; this.#head < this.#tail; this.#head += 2) {
      const node = this.#queue[this.#head] as number;
      if (!this.#pass(node, this.#queue[this.#head + 1] as number, budget)) return false;
    }
    return true;
  }

  /** Tells all that a token has arrived at a node. False if that is more than the budget allows. */
  #pass(node: number, token: number, budget: number): boolean {
    if (++this.#steps > budget) return false;
    // No edge is added meanwhile.
    const { nexts, values } = this.#edges;
    for (let at = this.#edges.first(node); at !== 0; at = nexts[at] as number)
      this.add(values[at] as number, token);
    const listening = this.#listening;
    // A listener that is added meanwhile has been told by `listen`.
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

  /** Nothing more arrives at the nodes that there are: what they hold can be read, and flow into new ones. */
  settle(): void {
    this.#edges = new NumberLists();
    this.#listeners = [];
    this.#listening = new NumberLists();
    // What a budget cut is not to go on without one.
    this.#head = this.#tail;
    this.#waiting.length = 0;
  }
}

/** Listeners that are told while others are, one in the other. */
const maxDepth = 60;
