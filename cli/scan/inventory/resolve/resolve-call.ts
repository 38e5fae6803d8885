import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { cleanKinds } from '../../dataflow/models/condition.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { builderOf } from '../query-builders.ts';
import { anyOf, entryNamed } from './resolve-items.ts';
import { type Entered, type From, resolve, type Walk } from './resolve-text.ts';
import { choice, harmless, nothing, sequence, type TextTree, unresolved } from './text-tree.ts';

/** The maximum number of possible callees of a call. */
const maxTargets = 6;

/** Resolves the string that a call returns: all values that it can have, as a tree. */
export function resolveCall(walk: Walk, place: Place, call: Inst & Call, from: From): TextTree {
  const { func, value } = place;
  const { linked } = walk.frames;
  const clean = cleanedBy(walk, place, call);
  if (clean) return clean;
  const builder = builderOf(linked, place);
  if (builder !== undefined) return harmless(builder);
  if (linked.targets(func, value).length > 0) return ofTargets(walk, place, call, from);
  if (call.quasis) return unresolved('a template of a tag that is not known');
  const at = (one: ValueId): TextTree => resolve(walk, { func, value: one }, from);
  if (call.spread) return unresolved('it is made of arguments that are spread');
  const callee = instOf(linked, { func, value: call.callee });
  const name = nameOf(callee);
  if (callee?.op === 'member') {
    const object = { func, value: callee.object };
    // In other languages these are methods of lists.
    if (!walk.frames.of(func).language.itemsAreReceivers && ofStatements.test(name)) {
      const statement = at(callee.object);
      if (statement.kind === 'harmless' && statement.because !== 'a number') return statement;
    }
    if (isNumber(linked, object, name)) return harmless('a number');
    if (name === 'join' && call.args.length <= 1) return joined(walk, place, object, call, from);
    if (name === 'map' || name === 'flatMap') return mapped(walk, place, call, from);
    if (name === 'reduce' && walk.frames.of(func).language.itemsAreReceivers)
      return reduced(walk, place, call, from);
    if (name === 'filter' || name === 'sort' || name === 'reverse' || name === 'slice')
      return at(callee.object);
    if (name === 'get' && call.args.length >= 1) return gotten(walk, place, object, call, from);
    if (name === 'fill') return sequence([at(callee.object), ...call.args.slice(0, 1).map(at)]);
    if (texts.test(name) && isText(walk, object)) return sequence([at(callee.object), ...call.args.map(at)]);
    if (name === 'stringify' && isOf(linked, object, 'JSON')) return sequence(call.args.slice(0, 1).map(at));
  }
  if (callee?.op === 'global' || callee?.op === 'import') {
    if (callee.op === 'global' ? numbers.test(name) : isOfClock(callee, name)) return harmless('a number');
    if (callee.op === 'global' && casts.test(name) && call.args.length > 0)
      return sequence(call.args.slice(0, 1).map(at));
    // `Array(3)`, `range(3)`
    if (callee.op === 'global' && /^(Array|range)$/.test(name)) return harmless('a number');
  }
  if (drawn.test(name)) return harmless('an identifier that the program draws');
  return unresolved(`what \`${name || 'a function'}()\` returns`);
}

/** Methods of SQLAlchemy statements that take columns. Raw text there needs `text()`, which is a site of its own. */
const ofStatements =
  /^(order_by|limit|offset|distinct|join|outerjoin|options|group_by|returning|values|filter_by|where|filter|having|with_for_update|subquery|scalar_subquery|select_from|union|add_columns|on_conflict_do_nothing|on_conflict_do_update)$/;
const numbers = /^(Number|parseInt|parseFloat|BigInt|int|float|len|round|abs|bool|hash|id|ord)$/;
const numberMethods = /^(toFixed|getTime|indexOf|charCodeAt|parseInt|parseFloat|timestamp)$/;

/** `Math.max(a, b)`, `Date.now()`, `price.toFixed(2)` */
function isNumber(linked: Linked, object: Place, name: string): boolean {
  if (numberMethods.test(name)) return true;
  const inst = instOf(linked, madeBy(linked, object));
  if (inst?.op === 'global') return /^(Math|Date|performance|Number)$/.test(inst.name);
  return inst?.op === 'import' && isOfClock(inst, name);
}

function isOfClock({ specifier }: Inst & { readonly op: 'import' }, name: string): boolean {
  return /^(math|time|datetime|random)$/.test(specifier) && !/^(choice|choices|sample|strftime)$/.test(name);
}

const casts = /^(String|str|repr|bytes|Boolean|encodeURIComponent|escape)$/;
const texts =
  /^(trim|trimStart|trimEnd|toLowerCase|toUpperCase|lower|upper|strip|lstrip|rstrip|title|capitalize|replace|replaceAll|concat|repeat|padStart|padEnd|toString|encode|decode|format|substring|substr|slice|at|charAt|dedent|removesuffix|removeprefix|valueOf|normalize)$/;
const drawn = /^(randomUUID|uuid4|token_hex|token_urlsafe|nanoid)$/;

function nameOf(callee: Inst | undefined): string {
  return callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
}

function isOf(linked: Linked, place: Place, name: string): boolean {
  const inst = instOf(linked, place);
  return inst?.op === 'global' && inst.name === name;
}

/** Any class can have a method `replace` or `format`, so the receiver must certainly be a text. */
function isText({ frames }: Walk, place: Place): boolean {
  const inst = instOf(frames.linked, madeBy(frames.linked, place));
  if (inst?.op === 'const' || inst?.op === 'text' || inst?.op === 'binary') return true;
  if (frames.of(place.func).values[place.value]?.shape === 'text') return true;
  return (
    inst !== undefined && !(inst.op === 'call' && frames.linked.states(place.func, inst.callee).length > 0)
  );
}

/** A result that a model declares harmless for any argument. */
function cleanedBy({ frames, kinds }: Walk, { func }: Place, call: Inst & Call): TextTree | undefined {
  const { linked } = frames;
  const frame = frames.of(func);
  for (const state of linked.states(func, call.callee)) {
    for (const id of state.returns) {
      const returned = frame.engine.apiOf(frame.info.module).states[id];
      if (returned && returned.sources.length === 0 && cleanKinds(frame, call, returned).meets(kinds))
        return harmless(`made harmless by \`${nameOf(instOf(linked, { func, value: call.callee }))}()\``);
    }
  }
  return undefined;
}

/** The texts that the project's functions return for this call. */
function ofTargets(walk: Walk, place: Place, call: Inst & Call, from: From): TextTree {
  const { linked } = walk.frames;
  const targets = linked.targets(place.func, place.value);
  const name = nameOf(instOf(linked, { func: place.func, value: call.callee }));
  const none = unresolved(`what \`${name || 'a function'}()\` returns`);
  if (
    targets.length > maxTargets ||
    targets.some(({ makes, context }) => makes >= 0 || context !== undefined)
  )
    return none;
  const returned = targets.flatMap(({ func }) => {
    const target = linked.program.functions[func]?.func;
    if (!target || target.generator) return [none];
    const entered = { func, call: { func: place.func, value: place.value }, from };
    return target.blocks.flatMap(({ end }, block) => {
      if (end.kind !== 'return') return [];
      const facts = [walk.frames.factsBehind(func, block)];
      return [resolve(walk, { func, value: end.value }, { facts, entered, depth: from.depth })];
    });
  });
  return returned.length === 0 ? none : choice(returned);
}

/** `parts.join(', ')`, and Python's `', '.join(parts)`. */
function joined(walk: Walk, { func }: Place, object: Place, call: Call, from: From): TextTree {
  const given = call.args[0];
  const { itemsAreReceivers } = walk.frames.of(func).language;
  const other = given === undefined ? undefined : { func, value: given };
  const list = itemsAreReceivers ? object : (other ?? object);
  const separator = itemsAreReceivers ? other : object;
  const between = separator ? resolve(walk, separator, from) : sequence([]);
  return sequence([resolve(walk, list, from), between]);
}

/** `names.map((name) => ...)`: the callback's result for any item. */
function mapped(walk: Walk, { func, value }: Place, call: Call, from: From): TextTree {
  const { linked } = walk.frames;
  const [given] = call.args;
  const functions = given === undefined ? [] : linked.functions(func, given);
  const callee = instOf(linked, { func, value: call.callee });
  if (functions.length === 0 || functions.length > maxTargets || callee?.op !== 'member')
    return unresolved('what `map()` makes');
  const items = { func, value: callee.object };
  return choice(
    functions.flatMap((one) => {
      const target = linked.program.functions[one]?.func;
      const entered = { func: one, call: { func, value }, from, items };
      return (target?.blocks ?? []).flatMap(({ end }, block): TextTree[] => {
        if (end.kind !== 'return') return [];
        const facts = [walk.frames.factsBehind(one, block)];
        return [resolve(walk, { func: one, value: end.value }, { facts, entered, depth: from.depth })];
      });
    }),
  );
}

/** `parts.reduce((text, part) => text + part, '')`: the initial value, and the callback's result for any item. */
function reduced(walk: Walk, { func, value }: Place, call: Call, from: From): TextTree {
  const { linked } = walk.frames;
  const [given, first] = call.args;
  const functions = given === undefined ? [] : linked.functions(func, given);
  const callee = instOf(linked, { func, value: call.callee });
  const one = functions[0];
  const target = one === undefined ? undefined : linked.program.functions[one]?.func;
  if (functions.length !== 1 || one === undefined || !target || callee?.op !== 'member')
    return unresolved('what `reduce()` makes');
  const items = { func, value: callee.object };
  const entered: Entered = { func: one, call: { func, value }, from, items, isReduced: true };
  const begins =
    first === undefined ? anyOf(walk, items, func, from) : resolve(walk, { func, value: first }, from);
  const made = target.blocks.flatMap(({ end }, block): TextTree[] => {
    if (end.kind !== 'return') return [];
    const facts = [walk.frames.factsBehind(one, block)];
    return [resolve(walk, { func: one, value: end.value }, { facts, entered, depth: from.depth })];
  });
  return sequence([begins, choice([nothing, ...made])]);
}

/** `COLUMNS.get(name, 'id')` of a literal record or `Map`. */
function gotten(walk: Walk, { func }: Place, object: Place, call: Call, from: From): TextTree {
  const [first, second] = call.args;
  const key = instOf(walk.frames.linked, madeBy(walk.frames.linked, { func, value: first ?? -1 }));
  const entry =
    key?.op === 'const'
      ? entryNamed(walk, object, String(key.value), func, from)
      : anyOf(walk, object, func, from);
  return second === undefined ? entry : choice([entry, resolve(walk, { func, value: second }, from)]);
}
