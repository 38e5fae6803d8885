import { maxEffects, maxFieldChanges } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { isRenderer } from '../../callgraph/template/templates.ts';
import { isStepOf } from '../../models/api.ts';
import { type Abstract, constant, deepTaints, holdsSource } from '../domain/abstract.ts';
import type { CellIndex } from '../domain/cell-index.ts';
import { object } from '../domain/entries.ts';
import { limited, whole } from '../domain/extent.ts';
import { join } from '../domain/join.ts';
import { same } from '../domain/same.ts';
import { hasConstructor } from '../function/sources.ts';
import { concrete, isUnknown } from '../summary/effect-values.ts';
import { listsReceiverStore } from '../summary/receiver-stores.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Effect } from '../view/summary.ts';
import { propagatedToHandlers } from './propagated-to-handlers.ts';
import type { Readers } from './readers.ts';
import { SettledFields } from './settled-fields.ts';

/**
 * The fields of objects that several functions share: instances of classes, objects that a library passes to several functions,
 * and the contexts of templates.
 */
export class SharedFields {
  /** By class: an object with its static fields. */
  readonly statics: Map<number, Abstract> = new Map();
  readonly #linked: Linked;
  readonly #cells: CellIndex;
  readonly #readers: Readers;
  /** By name and owner of a field: the join of all values that are stored in it. */
  readonly #fields = new Map<string, Map<Owner, Stored>>();
  readonly #settled: SettledFields;
  /** By class: the class and all classes that it extends. */
  readonly #lines = new Map<number, readonly number[]>();
  #heirs: ReadonlyMap<number, readonly number[]> | undefined;
  /** By function and parameter: the result of `#sharedOwners`. */
  readonly #ownersOfParams: Owner[][][] = [];

  constructor(linked: Linked, cells: CellIndex, readers: Readers) {
    this.#linked = linked;
    this.#cells = cells;
    this.#readers = readers;
    this.#settled = new SettledFields(linked);
  }

  /**
   * Records a store of `value` at `path` in the object `into`: in the shared field, and as an effect in the function's
   * summary. Does nothing unless the object is a parameter, a captured variable, `this`, or a part of one of these.
   * @param depth the number of calls between this function and the store
   */
  noteEffect(frame: FunctionView, into: Abstract, path: readonly string[], value: Abstract, depth = 0): void {
    // Taint tracking follows the constant pass, and stores it then.
    if (frame.isConstantPass && (!frame.isConstructor || holdsSource(value))) return;
    for (const { exact, origin } of into.taints) {
      if (!exact) continue;
      if (origin.kind === 'cell')
        this.#storeField(this.#cells.receiverClass(origin.cell), origin.path, path, value);
      if (origin.kind !== 'param') continue;
      const isTold = origin.index >= 0 || listsReceiverStore(frame, depth);
      if (origin.index === -1) this.#storeField(this.#linked.classOf(frame.id), origin.path, path, value);
      else {
        const owners = this.#sharedOwners(frame, origin.index);
        const kept = owners.length > 0 && propagatedToHandlers(frame, origin, into, path, value);
        if (kept)
          for (const owner of owners)
            this.#storeField(owner, [[...origin.path, ...path].join('.')], [], kept);
      }
      if (!isTold) continue;
      const inside = [...origin.path, ...path];
      const stored = limited(value);
      const key = `${origin.index} ${inside.join('.')}`;
      const before = frame.outcome.effects.get(key);
      if (inside.length > 4 || (!before && frame.outcome.effects.size >= maxEffects)) continue;
      if (frame.isConstructor ? isUnknown(value) : !comesFromElsewhere(value, origin.index)) continue;
      frame.outcome.setEffect(key, {
        param: origin.index,
        path: inside,
        value: before ? join(before.value, stored) : stored,
        depth: Math.min(depth, before?.depth ?? depth),
      });
    }
  }

  /**
   * Records that a callback of a library stores untrusted data in an object. The object is either one that the library
   * passes, such as the state of a store, or `this`. A method that is passed as a callback, as in
   * `load().then(this.show)`, keeps its `this`.
   */
  noteHandlerStore(func: number, { param, path }: Effect, value: Abstract): void {
    const [name, ...deeper] = path;
    if (name === undefined || !holdsSource(value)) return;
    if (param < 0) this.#storeField(this.#linked.classOf(func), [name], deeper, value);
    for (const { params } of this.#linked.handedTo(func))
      for (const step of params)
        if (isStepOf(step, param, null))
          for (const id of step.to) this.#storeField(`s${id}`, [name], deeper, value);
  }

  /**
   * The join of the values that all functions store in a field of a shared object, such as `this`. If no function
   * stores a value, the result is the declared value. Undefined if there is neither.
   */
  fieldValue(frame: FunctionView, object: Abstract, name: string): Abstract | undefined {
    let found: Abstract | undefined;
    for (const { exact, origin } of object.taints) {
      if (!exact || origin.kind === 'source' || origin.kind === 'result') continue;
      if (origin.kind === 'param' && origin.index >= 0) {
        for (const owner of this.#sharedOwners(frame, origin.index)) {
          const value = this.sharedMember(owner, [...origin.path, name].join('.'));
          if (value) found = found ? join(found, value) : value;
        }
        continue;
      }
      if (origin.path.length > 0) continue;
      const owner =
        origin.kind === 'cell'
          ? this.#cells.receiverClass(origin.cell)
          : origin.index === -1
            ? this.#linked.classOf(frame.id)
            : -1;
      if (owner < 0) continue;
      found = this.#withClassField(found, owner, name);
    }
    return found;
  }

  /** Joins to `others` the values stored in a field of a class or of one that it extends, or else the declared value. */
  #withClassField(others: Abstract | undefined, owner: number, name: string): Abstract | undefined {
    this.#readers.noteClassField(owner, name);
    const stored = this.#fields.get(name);
    const isSettled = this.#settled.mayBeConstant(name);
    let found = others;
    for (const one of this.#lineOf(owner)) {
      const own = stored?.get(one);
      const isStatic = this.statics.get(one)?.fields?.has(name) === true;
      if (!own && !isSettled && !isStatic) continue;
      const value = own ? perhapsMore(own.value) : this.#declared(one, name);
      if (value) found = found ? join(found, value) : value;
    }
    return found;
  }

  /** A class and all classes that it extends. */
  #lineOf(owner: number): readonly number[] {
    let line = this.#lines.get(owner);
    if (!line) {
      line = [owner, ...this.#linked.ancestors(owner)];
      this.#lines.set(owner, line);
    }
    return line;
  }

  /** The value that a class declares for a field, or that its constructors always store. Undefined if there is none. */
  #declared(owner: number, name: string): Abstract | undefined {
    const settled = this.#settled.constant(owner, name);
    if (settled) return constant(settled.constant);
    const value = this.statics.get(owner)?.fields?.get(name);
    return value && !this.#settled.isAsDeclared(owner, name) ? perhapsMore(value) : value;
  }

  /** The join of what all functions store in a member of a shared object. Undefined if nothing is stored. */
  sharedMember(owner: Owner, name: string): Abstract | undefined {
    this.#readers.noteField(owner, name);
    const stored = this.#fields.get(name)?.get(owner);
    return stored && perhapsMore(stored.value);
  }

  /** Records a store into a member of a shared object. */
  storeShared(owner: Owner, name: string, value: Abstract): void {
    this.#storeField(owner, [name], [], value);
  }

  /** Records that all templates can read this value under this name. */
  showTemplates(name: string, value: Abstract): void {
    this.#storeField(allTemplates, [name], [], value);
  }

  /**
   * A library may pass an object for a parameter that other functions receive too, such as a request that goes from one
   * handler to the next. Returns the owners under which the fields of that object are stored. Empty if no library
   * passes it.
   */
  #sharedOwners(frame: FunctionView, index: number): readonly Owner[] {
    let params = this.#ownersOfParams[frame.id];
    if (!params) {
      params = [];
      this.#ownersOfParams[frame.id] = params;
    }
    params[index] ??= this.#findSharedOwners(frame, index);
    return params[index] as Owner[];
  }

  #findSharedOwners(frame: FunctionView, index: number): Owner[] {
    const owners: Owner[] = isRenderer(this.#linked.program, frame.id) ? [allTemplates] : [];
    for (const { params } of frame.handed) {
      for (const step of params)
        if (isStepOf(step, index, null)) owners.push(...step.to.map((id) => `s${id}`));
    }
    // An instance that the library builds from the request.
    const value = frame.handed.length > 0 ? (frame.info.params[index] ?? -1) : -1;
    if (value >= 0) {
      for (const owner of this.#linked.instances(frame.id, value))
        if (hasConstructor(this.#linked, owner)) owners.push(owner);
    }
    return owners;
  }

  #storeField(owner: Owner, inside: readonly string[], path: readonly string[], value: Abstract): void {
    const [name, ...deeper] = [...inside, ...path];
    if (owner === -1 || name === undefined) return;
    const inner = concrete(value);
    if (deepTaints(inner).length === 0) return;
    const own = deeper.reduceRight((it, key) => object([[key, it]]), inner);
    let stored = this.#fields.get(name);
    if (!stored) {
      stored = new Map();
      this.#fields.set(name, stored);
    }
    const { value: before, changes } = stored.get(owner) ?? nothingStored;
    const joined = before ? join(before, own) : own;
    const after = changes < maxFieldChanges ? joined : whole(joined);
    // After the object is collapsed to one value, storing one tainted part would taint all the others.
    if (own.taints.length === 0 && after.taints.length > (before?.taints.length ?? 0)) return;
    if (before && same(before, after)) return;
    stored.set(owner, { value: after, changes: changes + 1 });
    this.#readers.fieldChanged(owner, name, typeof owner === 'number' ? this.#heirsOf(owner) : noHeirs);
  }

  /** All classes that extend this one, directly or not. */
  #heirsOf(owner: number): readonly number[] {
    this.#heirs ??= heirsOfAll(this.#linked);
    return this.#heirs.get(owner) ?? noHeirs;
  }
}

function heirsOfAll({ program, ancestors }: Linked): ReadonlyMap<number, readonly number[]> {
  const heirs = new Map<number, number[]>();
  for (const { id } of program.classes) {
    for (const above of ancestors(id)) {
      const known = heirs.get(above);
      if (known) known.push(id);
      else heirs.set(above, [id]);
    }
  }
  return heirs;
}

const noHeirs: readonly number[] = [];

/** The owner of a shared field: the number of a class (-1: none), or the name of another shared object. */
export type Owner = number | string;

/** The value of a shared field. After many changes it is collapsed, so that the fixed point is reached. */
interface Stored {
  readonly value: Abstract;
  readonly changes: number;
}

const nothingStored = { value: undefined, changes: 0 };

/** The value without its constants, for a field that may hold other values too. */
function perhapsMore(value: Abstract): Abstract {
  return { ...value, consts: undefined };
}

/** The owner of the values that are available to all templates. */
const allTemplates = 'templates';

/** Whether a stored value has a taint of any origin but the parameter that it is stored in. */
function comesFromElsewhere(value: Abstract, param: number): boolean {
  return deepTaints(value).some(({ origin }) => origin.kind !== 'param' || origin.index !== param);
}
