import type { Linked } from '../../../callgraph/linked.ts';
import { callsOf, type Place } from '../../../callgraph/query/made-by.ts';
import type { Func, Inst, ValueId } from '../../../ir/ir.ts';
import { entryKey, rootKey } from './root-key.ts';
import {
  askers,
  asks,
  eachOf,
  keepsContent,
  keepsName,
  measures,
  neutral,
  parsers,
  reads,
  records,
  stores,
} from './upload-words.ts';
import {
  comesWhereTrue,
  isEncoded,
  isHashed,
  isMixed,
  isReadOf,
  nameOf,
  ownerOf,
  seeksEnd,
  usersOf,
} from './uses-of-value.ts';

/**
 * Which part of an upload a value is. `content`: its bytes. `measure`: its size. `claim`: the type that the client
 * sent. `ending`: the file extension. `answer`: the type that a library detects. `listed`: the result of `TYPES[part]`.
 */
export type Part =
  | 'upload'
  | 'content'
  | 'measure'
  | 'claim'
  | 'name'
  | 'mixed-name'
  | 'ending'
  | 'answer'
  | 'listed';

/** A place where code reads an upload, or a part of one. */
export type Root = Place & { readonly part?: Part };

/** A use of an upload's part beyond which that part can't be followed. */
export interface Leave {
  readonly func: number;
  readonly at: ValueId;
  readonly part: Part;
  /** The key of its upload. */
  readonly root: string;
  /** The last name of the callee, or the kind of the instruction. */
  readonly to: string;
}

export interface Parts {
  readonly of: ReadonlyMap<string, ReadonlySet<Part>>;
  /** The uploads that a value is a part of, by `rootKey`. */
  readonly roots: ReadonlyMap<string, ReadonlySet<string>>;
  readonly leaves: readonly Leave[];
  /** False if the analysis stopped at a bound, so that parts may be missing. */
  readonly isWhole: boolean;
}

export function partKey(func: number, value: ValueId): string {
  return `${func} ${value}`;
}

const order: readonly Part[] = [
  'measure',
  'listed',
  'answer',
  'ending',
  'claim',
  'content',
  'name',
  'mixed-name',
  'upload',
];
/** Which part of an upload a value is: if several are possible, the first in `order`. Undefined for other values. */
export function firstPart({ of }: Parts, func: number, value: ValueId): Part | undefined {
  const parts = of.get(partKey(func, value));
  return parts && order.find((part) => parts.has(part));
}

const maxParts = 1600;

/** Follows the parts of an upload forward, through variables and functions of the project. */
export function partsOfUpload(linked: Linked, roots: readonly Root[]): Parts {
  const walk = new PartWalk(linked);
  for (const { func, value, part } of roots)
    walk.add(func, value, part ?? 'upload', rootKey(linked, func, value));
  const isWhole = walk.run();
  return { of: walk.of, roots: walk.roots, leaves: walk.leaves, isWhole };
}

type Item = Place & { readonly part: Part; readonly root: string };

class PartWalk {
  readonly of = new Map<string, Set<Part>>();
  readonly roots = new Map<string, Set<string>>();
  readonly leaves: Leave[] = [];
  readonly #seen = new Set<string>();
  readonly #linked: Linked;
  readonly #open: Item[] = [];
  #added = 0;

  constructor(linked: Linked) {
    this.#linked = linked;
  }

  add(func: number, value: ValueId, part: Part, root: string): void {
    const key = partKey(func, value);
    const one = `${key} ${part} ${root}`;
    if (this.#seen.has(one)) return;
    this.#seen.add(one);
    this.of.set(key, (this.of.get(key) ?? new Set()).add(part));
    this.roots.set(key, (this.roots.get(key) ?? new Set()).add(root));
    this.#added++;
    this.#open.push({ func, value, part, root });
  }

  run(): boolean {
    for (let one = this.#open.pop(); one; one = this.#open.pop()) {
      if (this.#added > maxParts) return false;
      const it = this.#linked.program.functions[one.func]?.func;
      if (!it) continue;
      for (const user of usersOf(it).get(one.value) ?? []) this.#follow(it, one, user);
      if (it.blocks.some(({ end }) => end.kind === 'return' && end.value === one.value)) this.#returned(one);
    }
    return true;
  }

  #returned(one: Item): void {
    const calls = callsOf(this.#linked, one.func);
    if (calls.length === 0 && one.part !== 'measure') this.#leave(one, one.value, 'return');
    for (const call of calls) this.add(call.func, call.value, one.part, one.root);
  }

  #leave({ func, part, root }: Item, at: ValueId, to: string): void {
    this.leaves.push({ func, at, part, root, to });
  }

  #follow(it: Func, one: Item, user: ValueId): void {
    const { func, value, part, root } = one;
    const inst = it.code[user] as Inst;
    switch (inst.op) {
      case 'effect':
        if (inst.value === value) this.add(func, user, part, root);
        break;
      case 'typed':
      case 'await':
      case 'element':
      case 'slice':
      case 'list':
      case 'object':
        this.add(func, user, part, root);
        break;
      case 'phi':
        if (comesWhereTrue(it, user, inst.inputs, value)) this.add(func, user, part, root);
        break;
      case 'index':
        if (inst.key === value) this.add(func, user, 'listed', root);
        else this.add(func, user, part === 'name' ? 'ending' : part, entryKey(it, inst.key, root, part));
        break;
      case 'member':
        this.#ofMember(one, inst.name, user);
        break;
      case 'binary':
        if (inst.operator === '+' || inst.operator === '%' || (inst.operator === '/' && part !== 'measure'))
          this.add(func, user, part === 'name' && isMixed(it, inst) ? 'mixed-name' : part, root);
        break;
      case 'text':
        this.add(func, user, part === 'name' && isMixed(it, inst) ? 'mixed-name' : part, root);
        break;
      case 'call':
        if (inst.callee === value) this.#asReceiver(it, one, inst, user);
        else this.#asArgument(it, one, inst, user);
        break;
      case 'cell-store':
        this.#ofCell(one, inst.cell);
        break;
      case 'unary':
        break;
      case 'store':
        // `file.type.startsWith(...)` leaves the file as it was.
        if (inst.object === value) this.add(func, user, part, root);
        else if (!isReadOf(it, inst.value, inst.name)) this.#leave(one, user, inst.op);
        break;
      default:
        this.#leave(one, user, inst.op);
    }
  }

  /** Reads of the variable in inner functions. */
  #ofCell({ func, part, root }: Item, cell: number): void {
    const { functions } = this.#linked.program;
    for (const other of functions) {
      if (other.module !== functions[func]?.module) continue;
      for (const [at, load] of other.func.code.entries())
        if (load.op === 'cell-load' && load.cell === cell) this.add(other.id, at, part, root);
    }
  }

  #ofMember(one: Item, name: string, user: ValueId): void {
    const { func, part, root } = one;
    if (part === 'upload') {
      if (reads.test(name) || stores.test(name)) this.add(func, user, 'content', root);
      // The length of a list of uploads is not the size of one.
      else if (name === 'size' || (name === 'tell' && seeksEnd(this.#linked.program.functions[func]?.func)))
        this.add(func, user, 'measure', root);
      else if (/^(mimetype|type|content_type|mimeType)$/.test(name)) this.add(func, user, 'claim', root);
      else if (/^(originalname|name|filename|originalFilename)$/.test(name))
        this.add(func, user, 'name', root);
      else if (eachOf.test(name)) this.add(func, user, 'upload', root);
      else if (!neutral.test(name)) this.#leave(one, user, name);
    } else if (
      part === 'content' &&
      (measures.test(name) || (name === 'tell' && seeksEnd(this.#linked.program.functions[func]?.func)))
    )
      this.add(func, user, 'measure', root);
    else if (part === 'name' && /^(suffix|ext|pop)$/.test(name)) this.add(func, user, 'ending', root);
    // The method is analysed at its call.
    else this.add(func, user, part, root);
  }

  #asReceiver(it: Func, one: Item, call: Inst & { op: 'call' }, user: ValueId): void {
    const { func, part, root } = one;
    const name = nameOf(it, call);
    const [first] = call.args;
    if (eachOf.test(name) && first !== undefined) {
      const functions = this.#linked.functions(func, first);
      if (functions.length === 0) this.#leave(one, user, name);
      for (const id of functions) this.#intoParam(one, user, id, 0, name);
      this.add(func, user, part, root);
    } else if (part === 'measure' && name === 'tell') this.add(func, user, part, root);
    else if (part === 'measure' || part === 'listed' || part === 'answer') return;
    else if (part === 'content' || part === 'upload') {
      if (name === 'tell') return;
      if (reads.test(name) || keepsContent.test(name)) this.add(func, user, 'content', root);
      else if (!neutral.test(name) && !asks.test(name) && name !== 'verify') this.#leave(one, user, name);
    } else if (part === 'ending' || keepsName.test(name)) this.add(func, user, part, root);
    else if (!asks.test(name)) this.#leave(one, user, name);
  }

  #asArgument(it: Func, one: Item, call: Inst & { op: 'call' }, user: ValueId): void {
    const { func, value, part, root } = one;
    const name = nameOf(it, call);
    const targets = this.#linked.targets(func, user);
    if (targets.length > 0) {
      for (const target of targets)
        for (const [i, arg] of call.args.entries()) {
          if (arg !== value) continue;
          const params = this.#linked.program.functions[target.func]?.func.params ?? [];
          const named = call.names?.[i];
          const index = named == null ? i - target.shift : params.findIndex((param) => param.name === named);
          // An instance stores the arguments of its constructor.
          if (target.makes >= 0 || call.spread) this.#leave(one, user, name);
          else this.#intoParam(one, user, target.func, index, name);
        }
    } else if (part === 'measure' || part === 'listed' || part === 'answer') return;
    else if (part === 'content' || part === 'upload') this.#givenAway(it, one, call, user);
    else if (asks.test(name)) {
      if (name === 'get') this.add(func, user, 'listed', root);
    } else if (/^(extname|splitext)$/.test(name)) this.add(func, user, 'ending', root);
    else if (keepsName.test(name)) this.add(func, user, part, root);
    else if (!records.test(name)) this.#leave(one, user, name);
  }

  #givenAway(it: Func, one: Item, call: Inst & { op: 'call' }, user: ValueId): void {
    const { func, part, root } = one;
    const name = nameOf(it, call);
    if (name === 'len' && part === 'content') this.add(func, user, 'measure', root);
    else if (name === 'len' || neutral.test(name) || asks.test(name) || isHashed(it, call.callee)) return;
    else if (isEncoded(it, user)) this.#leave(one, user, 'encode');
    else if (askers.test(name)) this.add(func, user, 'answer', root);
    else if (parsers.test(name)) this.#leave(one, user, 'parse');
    else if (
      (part === 'content' && keepsContent.test(name)) ||
      (name === 'open' && /^PIL\b/.test(ownerOf(it, call.callee)))
    )
      this.add(func, user, 'content', root);
    else this.#leave(one, user, name);
  }

  #intoParam(one: Item, user: ValueId, func: number, index: number, name: string): void {
    const it = this.#linked.program.functions[func]?.func;
    const param = it?.params[index];
    if (!param || param.rest) {
      this.#leave(one, user, name);
      return;
    }
    const at = it?.code.findIndex((inst) => inst.op === 'param' && inst.index === index) ?? -1;
    // A parameter that is never read needs no further steps.
    if (at >= 0) this.add(func, at, one.part, one.root);
  }
}
