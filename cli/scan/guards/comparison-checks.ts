import { instAt, origin } from '../callgraph/query/called-on.ts';
import { type Abstract, deepTaints, onlyConst, unknown } from '../dataflow/domain/abstract.ts';
import { both, type Check, none } from '../dataflow/domain/check.ts';
import { allKinds, type Kinds, kinds, marksGone, noKinds } from '../dataflow/domain/kinds.ts';
import { errorNameChecks, ownErrorChecks } from '../dataflow/query/own-error-checks.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { schemaResult } from '../schemas/schema-checks.ts';
import { askedTypeChecks, objectKinds } from '../schemas/type-checks.ts';
import { foundKinds, isOwn, isOwnCollection } from '../semantics/collection/own-values.ts';
import { formulaStarts } from '../semantics/pattern/formula-prefix.ts';
import { answerTypeChecks } from './answer-checks.ts';
import { beginningChecks, firstIsNoDash, slashChecks } from './beginning-checks.ts';
import { withOrigins } from './checked-origins.ts';
import { checksOf } from './checks.ts';
import { lengthChecks } from './length-checks.ts';
import { pathChecks } from './path-checks.ts';
import { isOriginOfBase } from './same-base.ts';
import { isNoSegment, notAmong } from './segment-checks.ts';
import { signedBy } from './signature-checks.ts';
import { urlChecks } from './url-checks.ts';

/** What a comparison or an `in` test proves of its operands. `isTrue` is its result on the edge. */
export function comparison(
  frame: FunctionView,
  inst: Inst & { op: 'binary' },
  isTrue: boolean,
  depth: number,
): readonly Check[] {
  const { operator, left, right } = inst;
  switch (operator) {
    case '==':
    case '!=':
      return equality(frame, left, right, (operator === '==') === isTrue, depth);
    case 'in':
    case 'not in': {
      const types = askedTypeChecks(frame, left, right, (operator === 'in') === isTrue);
      if (types.length > 0) return withOrigins(frame, types);
      if ((operator === 'in') !== isTrue)
        return withOrigins(frame, [
          ...notContained(frame, left, right),
          ...notFormula(frame, left, right),
          ...notAmong(frame, left, right),
        ]);
      if (isParents(frame, right)) return withOrigins(frame, pathChecks.inside(frame, right));
      return isOwnCollection(frame.values[right])
        ? withOrigins(frame, [{ value: left, clean: foundKinds(frame) }])
        : none;
    }
    case 'instanceof':
      return isTrue
        ? withOrigins(frame, [...answerTypeChecks(frame, left, right), ...ownErrorChecks(frame, left, right)])
        : none;
    case '>=':
    case '>':
    case '<':
    case '<=':
      return withOrigins(frame, [
        ...indexChecks(frame, inst, isTrue),
        ...lengthChecks(frame, inst, isTrue),
        ...(operator === '>' ? noErrors(frame, left, right, !isTrue) : none),
        ...(isTrue ? comparedNumber(frame, left, right) : none),
      ]);
    default:
      return none;
  }
}

function equality(
  frame: FunctionView,
  left: ValueId,
  right: ValueId,
  equal: boolean,
  depth: number,
): readonly Check[] {
  for (let turn = 0; turn < 2; turn++) {
    const value = turn === 0 ? left : right;
    const other = turn === 0 ? right : left;
    const constant = onlyConst(frame.values[other]);
    const inst = frame.inst(value);
    if (inst.op === 'unary' && inst.operator === 'typeof' && typeof constant?.value === 'string') {
      const type = constant.value;
      if (!equal) return none;
      if (
        type === 'number' ||
        type === 'boolean' ||
        type === 'bigint' ||
        type === 'undefined' ||
        type === 'function'
      )
        return [{ value: inst.value, clean: allKinds }];
      return type === 'string' ? [{ value: inst.value, clean: objectKinds }] : none;
    }
    const types = askedTypeChecks(frame, value, other, equal);
    if (types.length > 0) return withOrigins(frame, types);
    if (constant && typeof constant.value === 'boolean' && (inst.op === 'call' || inst.op === 'binary')) {
      return checksOf(frame, value, constant.value === equal, false, depth);
    }
    const notOption = equal ? none : firstIsNoDash(frame, value, constant?.value);
    if (notOption.length > 0) return withOrigins(frame, notOption);
    const slashes = constant ? slashChecks(frame, value, constant.value, equal) : none;
    if (slashes.length > 0) return withOrigins(frame, slashes);
    const segment = equal ? none : isNoSegment(frame, value, constant?.value);
    if (segment.length > 0) return withOrigins(frame, segment);
    const named = equal && constant ? errorNameChecks(frame, value, constant.value) : none;
    if (named.length > 0) return named;
    if (constant && inst.op === 'call') {
      const found = both(
        searchChecks(frame, inst, constant.value, equal),
        constant.value === 0 ? startChecks(frame, value, inst, equal) : none,
      );
      if (found.length > 0) return withOrigins(frame, found);
      // `isIP(x) === 0` means no match, as `match(x) === null` does.
      if (Boolean(constant.value) === equal) {
        const checks = checksOf(frame, value, true, false, depth);
        if (checks.length > 0) return checks;
      }
    }
    if (value === left) {
      const clean = noErrors(frame, left, right, equal);
      if (clean.length > 0) return withOrigins(frame, clean);
    }
    const hosts = equal ? sameHost(frame, value, other) : none;
    if (hosts.length > 0) return withOrigins(frame, hosts);
    const paths = pathChecks.equality(frame, value, other, equal);
    if (paths.length > 0) return withOrigins(frame, paths);
  }
  if (!equal) return none;
  const cleansed = both(asCleansed(frame, left, right), asCleansed(frame, right, left));
  if (cleansed.length > 0) return withOrigins(frame, cleansed);
  // A value that equals a trusted value is trusted.
  const own: Check[] = [...signedBy(frame, [left, right])];
  if (isOwn(frame.values[right])) own.push({ value: left, clean: kindsOfOwn(frame.values[right]) });
  if (isOwn(frame.values[left])) own.push({ value: right, clean: kindsOfOwn(frame.values[left]) });
  return withOrigins(frame, own);
}

/**
 * What a true `text > 0` proves: the text is a number. JavaScript converts it, and Python does not compare texts with numbers.
 */
function comparedNumber(frame: FunctionView, left: ValueId, right: ValueId): readonly Check[] {
  const isNumber = (value: ValueId): boolean => typeof onlyConst(frame.values[value])?.value === 'number';
  if (isNumber(right)) return [{ value: left, clean: allKinds }];
  return isNumber(left) ? [{ value: right, clean: allKinds }] : none;
}

/** The kinds for which a value is harmless if it equals `it`. The constant `..` still leads out of a folder. */
function kindsOfOwn(it: Abstract | undefined): Kinds {
  return onlyConst(it)?.value === '..' ? allKinds.without(kinds('path')) : allKinds;
}

/** What a validator's empty list of errors proves: `errors.length === 0`, or a false `errors.length > 0`. */
function noErrors(frame: FunctionView, left: ValueId, right: ValueId, isNone: boolean): readonly Check[] {
  const count = frame.inst(left);
  if (!isNone || count.op !== 'member' || count.name !== 'length') return none;
  return onlyConst(frame.values[right])?.value === 0 ? schemaResult(frame, count, false) : none;
}

/**
 * What equality of a value and its sanitised form proves: the value is sanitised too. `name == os.path.basename(name)`, `name ===
 * name.replace(/\W/g, '')`.
 */
function asCleansed(frame: FunctionView, value: ValueId, other: ValueId): readonly Check[] {
  const made = frame.inst(other);
  if (made.op !== 'call') return none;
  const callee = frame.inst(made.callee);
  const given = callee.op === 'member' ? [made.args[0], callee.object] : [made.args[0]];
  if (!given.some((one) => one !== undefined && frame.valueNumbers[one] === frame.valueNumbers[value]))
    return none;
  const taints = deepTaints(frame.values[other] ?? unknown);
  if (taints.length === 0) return none;
  const clean = taints.reduce((all, taint) => all.intersect(taint.clean), allKinds);
  return clean === noKinds ? none : [{ value, clean }];
}

const redirectKinds = kinds('redirect');

/** What `urlparse(target).netloc == request.host` proves of `target`, if the other host is sanitised for redirects. */
function sameHost(frame: FunctionView, value: ValueId, other: ValueId): readonly Check[] {
  const known = frame.values[other];
  const isClean = known && deepTaints(known).every(({ clean }) => clean.meets(redirectKinds));
  if (!known || isOwn(known) || (!isClean && !isOriginOfBase(frame, value, other))) return none;
  return urlChecks
    .ofHost(frame, { value, clean: allKinds })
    .flatMap((check) => (check.clean.meets(redirectKinds) ? [{ ...check, clean: redirectKinds }] : []));
}

/** Whether a value is `path.parents`, as in `base in path.parents`. */
function isParents(frame: FunctionView, value: ValueId): boolean {
  const inst = frame.inst(value);
  return inst.op === 'member' && inst.name === 'parents';
}

/** What a search in a list or a text proves by its result: `list.indexOf(x) !== -1`, `list.count(x) == 0`. */
function searchChecks(
  frame: FunctionView,
  inst: Inst & { op: 'call' },
  constant: unknown,
  equal: boolean,
): readonly Check[] {
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member') return none;
  const isPlace = constant === -1 && /^(?:indexOf|findIndex|find)$/.test(callee.name);
  if (!isPlace && (constant !== 0 || callee.name !== 'count')) return none;
  const [arg] = inst.args;
  if (arg === undefined) return none;
  if (equal) return notContained(frame, arg, callee.object);
  return callee.name !== 'find' && isOwn(frame.values[callee.object])
    ? [{ value: arg, clean: allKinds }]
    : none;
}

/** What prefix tests by index prove: `path.indexOf(base) === 0`, `path.lastIndexOf(base, 0) === 0`, `path.find(base) == 0`. */
function startChecks(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'call' },
  equal: boolean,
): readonly Check[] {
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member') return none;
  const [, from] = inst.args;
  const isStart =
    inst.args.length === 1
      ? /^(?:indexOf|find)$/.test(callee.name)
      : callee.name === 'lastIndexOf' && onlyConst(frame.values[from ?? -1])?.value === 0;
  if (!isStart) return none;
  return [
    ...beginningChecks(frame, inst, 'startsWith', callee.object, equal),
    ...pathChecks.call(frame, value, inst, 'startsWith', callee.object, equal),
    ...urlChecks(frame, inst, 'startsWith', callee.object, equal),
  ];
}

function indexChecks(frame: FunctionView, inst: Inst & { op: 'binary' }, isTrue: boolean): readonly Check[] {
  const call = frame.inst(inst.left);
  const constant = onlyConst(frame.values[inst.right])?.value;
  if (call.op !== 'call' || typeof constant !== 'number') return none;
  const found =
    (inst.operator === '>=' && constant === 0 && isTrue) ||
    (inst.operator === '>' && constant === -1 && isTrue) ||
    (inst.operator === '<' && constant === 0 && !isTrue);
  if (found) return searchChecks(frame, call, -1, false);
  const isMissing =
    (inst.operator === '>=' && constant === 0 && !isTrue) ||
    (inst.operator === '>' && constant === -1 && !isTrue) ||
    (inst.operator === '<' && constant === 0 && isTrue);
  if (isMissing) return searchChecks(frame, call, -1, true);
  if (
    (inst.operator === '>' && constant === 0 && isTrue) ||
    (inst.operator === '<' && constant === 1 && !isTrue)
  ) {
    return searchChecks(frame, call, 0, false);
  }
  return none;
}

/** What `text[:1] not in '=+-@'` or `text[0] not in ('=', '+', '-', '@')` proves: the text is no formula. */
function notFormula(frame: FunctionView, left: ValueId, right: ValueId): readonly Check[] {
  const first = frame.inst(left);
  if (first.op !== 'slice' && first.op !== 'index') return none;
  const known = frame.values[right];
  const text = onlyConst(known)?.value ?? lettersOf(frame, right);
  const starts =
    typeof text === 'string'
      ? [...text]
      : [...(known?.fields?.values() ?? [])].map((one) => onlyConst(one)?.value);
  return formulaStarts.every((start) => starts.includes(start))
    ? [{ value: first.object, clean: kinds('csv') }]
    : none;
}

/** The text whose characters a constant set holds: `frozenset('=+-@')`. Undefined for other values. */
function lettersOf({ linked, id }: FunctionView, value: ValueId): unknown {
  const from = origin(linked, { func: id, value });
  const made = instAt(linked, from);
  const callee = made?.op === 'call' ? instAt(linked, { ...from, value: made.callee }) : undefined;
  const letters = made?.op === 'call' ? instAt(linked, { ...from, value: made.args[0] ?? -1 }) : undefined;
  const isCollection = callee?.op === 'global' && /^(?:frozenset|tuple)$/.test(callee.name);
  return isCollection && letters?.op === 'const' ? letters.value : undefined;
}

function notContained(frame: FunctionView, left: ValueId, right: ValueId): readonly Check[] {
  const text = onlyConst(frame.values[left])?.value;
  if (typeof text === 'string') return pathChecks.without(frame, right, text);
  // `c not in '\'"'`, for each character of a text.
  const others = frame.inst(left).op === 'element' ? onlyConst(frame.values[right])?.value : undefined;
  const clean = typeof others === 'string' ? marksGone(new Set(others)) : noKinds;
  return clean === noKinds ? none : [{ value: left, clean }];
}
