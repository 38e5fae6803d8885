import { maxUnionMembers } from '../budgets/schemas.ts';
import { instAt, origin, type Place } from '../callgraph/query/called-on.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../dataflow/domain/kinds.ts';
import { isOwnError } from '../dataflow/query/own-errors.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { usersOf } from '../ir/query/users.ts';

/** The sink kinds where only an object or list is harmful, so that a string is clean. */
export const objectKinds: Kinds = kinds('nosql', 'mass-assignment');

const harmlessTypes: ReadonlySet<string> = new Set([
  'int',
  'float',
  'bool',
  'complex',
  'Decimal',
  'UUID',
  'date',
  'datetime',
  'timedelta',
  'Number',
  'Real',
  'Integral',
  'Rational',
  'NoneType',
]);

/** Types of text that the program itself marked as markup. Untrusted input never has them. */
const markup: ReadonlySet<string> = new Set(['Markup', 'SafeString', 'SafeText', 'SafeData']);

/** Scalar types: they hold no operators of a query, and no fields. */
const scalarTypes: ReadonlySet<string> = new Set([...harmlessTypes, 'str', 'bytes']);

/** Types that can hold operators and fields. */
const dictionaryTypes: ReadonlySet<string> = new Set(['dict', 'Mapping', 'MutableMapping']);

/** Containers whose entries are texts: those of queries, forms, cookies and headers. JSON has other types too. */
const sentTexts = 'args|form|cookies|headers|GET|POST|COOKIES|META|query_params|query|path_params|match_info';
const sentIn = new RegExp(`\\.(?:${sentTexts})\\b`);
const sentHolder = new RegExp(`^(?:${sentTexts})$`);

/**
 * Whether a value is a single, unchanged entry of a container of texts. Whole containers, lists from `getlist` and split texts
 * are excluded. Sanic stores lists, and `get` returns the first item.
 */
function isSentText(frame: FunctionView, value: ValueId): boolean {
  const taints = frame.values[value]?.taints ?? [];
  if (taints.length === 0 || !isEntry(frame, value)) return false;
  const isRead = frame.inst(frame.valueNumbers[value] ?? value).op === 'index';
  return taints.every(
    ({ origin: from }) =>
      from.kind === 'source' && sentIn.test(from.what) && !(isRead && from.what.startsWith('sanic.')),
  );
}

/** `request.args['x']`, `request.args.get('x')` */
function isEntry(frame: FunctionView, value: ValueId): boolean {
  const inst = frame.inst(frame.valueNumbers[value] ?? value);
  const read = inst.op === 'call' ? frame.inst(inst.callee) : inst;
  const isOne =
    read.op === 'index'
      ? inst === read && frame.inst(read.key).op === 'const'
      : inst.op === 'call' && read.op === 'member' && read.name === 'get';
  if (!isOne || (read.op !== 'index' && read.op !== 'member')) return false;
  const holder = frame.inst(read.object);
  return holder.op === 'member' && sentHolder.test(holder.name);
}

/** What `isinstance(value, type)` proves: `isinstance(x, int)`, `isinstance(x, (int, float))`, `isinstance(x, int | None)`. */
export function typeChecks(
  frame: FunctionView,
  value: ValueId,
  type: ValueId,
  isTrue: boolean,
): readonly Check[] {
  const all = namesOf(frame, type);
  if (!isTrue) {
    // Such an entry is always a text, so only a missing value or a default reaches this edge.
    if (all.includes('str') && isSentText(frame, value)) return [{ value, clean: allKinds }];
    // What is no text is no formula as a cell: a list begins with a bracket there, and a number with a digit or its sign.
    const ofText = all.includes('str') && isCell(frame, value) ? kinds('csv') : noKinds;
    const clean = all.some((name) => dictionaryTypes.has(name)) ? objectKinds.union(ofText) : ofText;
    return clean === noKinds ? none : [{ value, clean }];
  }
  if (isOwnError(frame, type)) return [{ value, clean: kinds('leak') }];
  if (all.length === 0) return none;
  if (all.every((name) => harmlessTypes.has(name))) return [{ value, clean: allKinds }];
  if (all.every((name) => markup.has(name))) return [{ value, clean: kinds('xss') }];
  return all.every((name) => scalarTypes.has(name)) ? [{ value, clean: objectKinds }] : none;
}

/** Whether a function takes no item of a value and writes no row with it. The items of a list may still be formulas. */
function isCell({ func }: FunctionView, value: ValueId): boolean {
  const { of } = usersOf(func);
  return (of[value] ?? []).every((user) => {
    const inst = func.code[user];
    if (inst?.op === 'call')
      return inst.args.every((arg) => arg !== value) || isTypeTest(func.code[inst.callee]);
    // `value[0] in '=+-@'`
    if (inst?.op === 'index') return (of[user] ?? []).every((test) => func.code[test]?.op === 'binary');
    return inst?.op !== 'element' && inst?.op !== 'list';
  });
}

function isTypeTest(callee: Inst | undefined): boolean {
  return callee?.op === 'global' && /^(?:isinstance|issubclass|type|len|str|repr)$/.test(callee.name);
}

/**
 * What a comparison of a value's type proves: `type(x) is int`, `type(x) in (int, float)`, `x.__class__ is int`.
 * `asked` is the left operand, such as `type(x)`. `isTrue` says whether the comparison holds.
 */
export function askedTypeChecks(
  frame: FunctionView,
  asked: ValueId,
  type: ValueId,
  isTrue: boolean,
): readonly Check[] {
  const inst = frame.inst(asked);
  if (inst.op === 'member')
    return inst.name === '__class__' ? typeChecks(frame, inst.object, type, isTrue) : none;
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  const [value, more] = inst.op === 'call' ? inst.args : [];
  if (callee?.op !== 'global' || callee.name !== 'type' || value === undefined || more !== undefined)
    return none;
  return typeChecks(frame, value, type, isTrue);
}

/** The names of all types in a tuple or union; an empty name for an unknown one. */
function namesOf(frame: FunctionView, type: ValueId): readonly string[] {
  const pieces: Place[] = [{ func: frame.id, value: type }];
  const names: string[] = [];
  // The list grows during iteration; a variable may refer to itself.
  for (const piece of pieces) {
    if (pieces.length > maxUnionMembers) return [''];
    const { func, value } = origin(frame.linked, piece);
    const inst = instAt(frame.linked, { func, value });
    if (inst?.op === 'list') pieces.push(...inst.items.map((item) => ({ func, value: item })));
    else if (inst?.op === 'binary' && inst.operator === '|')
      pieces.push({ func, value: inst.left }, { func, value: inst.right });
    else if (inst?.op === 'const' && inst.value === null) names.push('NoneType');
    else names.push(inst?.op === 'global' || inst?.op === 'member' || inst?.op === 'import' ? inst.name : '');
  }
  return names;
}
