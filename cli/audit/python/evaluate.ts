import { numberValue, stringValue } from '../../scan/languages/python/parse/literal.ts';
import type { Node } from '../../scan/languages/python/parse/tree.ts';
import { evaluateCall } from './call.ts';
import { comprehension } from './comprehension.ts';
import { decide, isProductionWord } from './condition.ts';
import { productionEntry } from './config-choice.ts';
import { readRequired } from './environment.ts';
import { countStep, type Frame, mostNesting } from './interpreter.ts';
import { spotOf, textOf } from './module-file.ts';
import { fieldOf } from './object.ts';
import { binary, compare, entryOf, truthOf } from './operators.ts';
import { joinValues, lookUp } from './scope.ts';
import {
  combine,
  Failure,
  isType,
  known,
  list,
  notKnown,
  type Plain,
  type PyDict,
  type Value,
  withUnset,
} from './value.ts';

/** What an expression may be. It never throws for what it does not know: that is a value that is not known. */
export function evaluate(frame: Frame, node: Node | undefined): Value {
  if (!node) return notKnown('it is computed');
  countStep(frame);
  const { interpreter } = frame;
  interpreter.nesting++;
  try {
    if (interpreter.nesting > mostNesting) return unclear(frame, node);
    return expressionValue(frame, node);
  } finally {
    interpreter.nesting--;
  }
}

function expressionValue(frame: Frame, node: Node): Value {
  const [first, second, third] = node.children;
  switch (node.kind) {
    case 'true':
      return known(true);
    case 'false':
      return known(false);
    case 'none':
      return known(null);
    case 'integer':
    case 'float':
      return known(numberValue(textOf(frame.module, node)) ?? Number.NaN);
    case 'string':
      return text(frame, node);
    case 'concatenated_string':
      return combine(
        node.children.map((part) => evaluate(frame, part)),
        (parts) =>
          parts.every((part) => typeof part === 'string') ? parts.join('') : new Failure('it is computed'),
      );
    case 'identifier':
      return nameOf(frame, textOf(frame.module, node));
    case 'parenthesized_expression':
      return evaluate(frame, first);
    case 'named_expression': {
      const value = evaluate(frame, second);
      if (first) frame.scope.names.set(textOf(frame.module, first), value);
      return value;
    }
    case 'list':
    case 'tuple':
    case 'set':
    case 'expression_list':
      return known(listOf(frame, node));
    case 'dictionary':
      return known(dictOf(frame, node));
    case 'binary_operator':
      return combine([evaluate(frame, first), evaluate(frame, third)], (both) =>
        binary(second?.kind ?? '', both),
      );
    case 'unary_operator':
      return combine([evaluate(frame, second)], ([plain]) =>
        first?.kind === '-' && typeof plain === 'number' ? -plain : new Failure('it is computed'),
      );
    case 'not_operator':
      return combine([withUnset(evaluate(frame, first))], ([plain = null]) => {
        const truth = truthOf(plain);
        return truth === undefined ? new Failure('it is computed') : !truth;
      });
    case 'boolean_operator':
      return logical(frame, node);
    case 'comparison_operator':
      return comparison(frame, node);
    case 'conditional_expression':
      return choice(frame, node);
    case 'attribute':
      return attribute(frame, node);
    case 'subscript':
      return subscript(frame, node);
    case 'lambda':
      return known({ type: 'function', node, module: frame.module, scope: frame.scope });
    case 'call':
      return evaluateCall(frame, node);
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression':
      return comprehension(frame, node);
    default:
      return unclear(frame, node);
  }
}

function unclear(frame: Frame, node: Node): Value {
  const spot = spotOf(frame.module, node);
  return notKnown('it is computed', [spot]);
}

function text(frame: Frame, node: Node): Value {
  if (node.children.length === 0) return known(stringValue(textOf(frame.module, node)));
  const parts = node.children.flatMap((part) => {
    if (part.kind === 'string_content') return [known(textOf(frame.module, part))];
    return part.kind === 'interpolation' ? [evaluate(frame, part.children[0])] : [];
  });
  return combine(parts, (plains) => {
    const isKnown = plains.every((plain) => typeof plain === 'string' || typeof plain === 'number');
    return isKnown ? plains.join('') : new Failure('it is computed');
  });
}

function nameOf({ scope }: Frame, name: string): Value {
  const value = lookUp(scope, name);
  if (!value) return known({ type: 'reference', path: `builtins.${name}` });
  return value.some(({ plain }) => isType(plain, 'absent')) ? notKnown(`${name} may not be set`) : value;
}

function listOf(frame: Frame, node: Node): Plain {
  const result = list([]);
  if (node.kind === 'tuple' || node.kind === 'expression_list') result.isTuple = true;
  for (const child of node.children) {
    if (child.kind !== 'list_splat') {
      result.items.push(evaluate(frame, child));
      continue;
    }
    const [spread] = evaluate(frame, child.children[0]);
    if (isType(spread.plain, 'list')) {
      result.items.push(...spread.plain.items);
      if (spread.plain.isLoose) result.isLoose = true;
      if (spread.plain.more !== undefined) result.more = spread.plain.more;
    } else result.more = spread.reason ?? 'it is computed';
  }
  return result;
}

function dictOf(frame: Frame, node: Node): PyDict {
  const result: PyDict = { type: 'dict', entries: new Map(), spots: [] };
  for (const child of node.children) {
    const [key, value] = child.children;
    const [spread] = evaluate(frame, key);
    if (child.kind === 'pair' && typeof spread.plain === 'string') {
      result.entries.set(spread.plain, evaluate(frame, value));
    } else if (child.kind === 'dictionary_splat' && isType(spread.plain, 'dict')) {
      for (const [name, entry] of spread.plain.entries) result.entries.set(name, entry);
      if (spread.plain.more !== undefined) result.more = spread.plain.more;
    } else result.more = 'a key is computed';
  }
  return result;
}

/** `a and b`, `a or b`: of what the environment may lack, `None`. */
function logical(frame: Frame, node: Node): Value {
  const [left, operator, right] = node.children;
  const a = withUnset(evaluate(frame, left));
  const isOr = operator?.kind === 'or';
  const truths = a.map(({ plain }) => (plain === undefined ? undefined : truthOf(plain)));
  if (truths.every((truth) => truth === isOr)) return a;
  const b = evaluate(frame, right);
  if (!isOr && b.every(({ plain }) => plain !== undefined && truthOf(plain) === false)) return b;
  if (truths.every((truth) => truth === !isOr)) {
    const variables = a.flatMap((one) => one.variables);
    const [first, ...rest] = b.map((one) => ({
      ...one,
      variables: [...new Set([...variables, ...one.variables])],
    }));
    return first ? [first, ...rest] : b;
  }
  return joinValues(a, b);
}

function comparison(frame: Frame, node: Node): Value {
  if (node.children.length !== 3) return unclear(frame, node);
  const [left, operator, right] = node.children;
  const kind = operator?.kind ?? '';
  const sides = [withUnset(evaluate(frame, left)), withUnset(evaluate(frame, right))];
  const result = combine(sides, (both) => compare(kind, both));
  const [only] = result;
  // Where the environment says that this is production, its default does not.
  const saysNo = only.plain === (kind === '!=' || kind === 'not in') && result.length === 1;
  const isMode = sides.some((side) =>
    side.some(
      ({ plain, variables }) => variables.length === 0 && words(plain).some((word) => isProductionWord(word)),
    ),
  );
  if (!saysNo || only.variables.length === 0 || !isMode) return result;
  const spot = spotOf(frame.module, node);
  return [only, { plain: !only.plain, variables: only.variables, spots: [spot] }];
}

function words(plain: Plain | undefined): readonly string[] {
  if (typeof plain === 'string') return [plain];
  if (!isType(plain, 'list')) return [];
  return plain.items.flatMap(([item]) => (typeof item.plain === 'string' ? [item.plain] : []));
}

function choice(frame: Frame, node: Node): Value {
  const [yes, condition, no] = node.children;
  if (!condition) return unclear(frame, node);
  const branch = decide(frame, evaluate(frame, condition), textOf(frame.module, condition));
  if (branch === 'both') return joinValues(evaluate(frame, yes), evaluate(frame, no));
  return evaluate(frame, branch ? yes : no);
}

function attribute(frame: Frame, node: Node): Value {
  const [object, name] = node.children;
  const member = name ? textOf(frame.module, name) : '';
  const [{ plain }, ...others] = evaluate(frame, object);
  if (others.length === 0 && isType(plain, 'reference')) {
    return known({ type: 'reference', path: `${plain.path}.${member}`.slice(0, 200) });
  }
  if (isType(plain, 'object')) {
    const field = fieldOf([plain, ...others.map((one) => one.plain)], member);
    if (field) return field;
  }
  if (others.length === 0 && (isType(plain, 'module') || isType(plain, 'class'))) {
    const value = lookUp(
      { names: plain.scope.names, ...(plain.scope.open === undefined ? {} : { open: plain.scope.open }) },
      member,
    );
    if (value) return value;
  }
  return unclear(frame, node);
}

function subscript(frame: Frame, node: Node): Value {
  const [object, key] = node.children;
  const holder = evaluate(frame, object);
  const [{ plain }] = holder;
  if (key?.kind === 'slice') return sliceOf(frame, node, holder, textOf(frame.module, key));
  if (isType(plain, 'reference')) {
    if (plain.path === 'os.environ')
      return readRequired(frame, evaluate(frame, key), spotOf(frame.module, node));
    if (plain.path === 'sys.argv') {
      return [
        {
          plain: undefined,
          reason: 'it is an argument of the command',
          unset: 'argv',
          variables: [],
          spots: [],
        },
      ];
    }
    return unclear(frame, node);
  }
  const index = evaluate(frame, key)[0];
  if (isType(plain, 'dict')) {
    const production = productionEntry(plain, index);
    if (production) return production;
  }
  const found = plain === undefined || index.plain === undefined ? undefined : entryOf(plain, index.plain);
  return holder.length === 1 && found ? found : unclear(frame, node);
}

/** `MIDDLEWARE[:1]` of a list that is known. */
function sliceOf(frame: Frame, node: Node, holder: Value, text: string): Value {
  const [, from = '', to = ''] = /^(-?\d*)\s*:\s*(-?\d*)$/.exec(text.trim()) ?? [undefined, 'x'];
  const [first, ...others] = holder;
  if (
    from === 'x' ||
    others.length > 0 ||
    !isType(first.plain, 'list') ||
    first.plain.more !== undefined ||
    first.plain.isLoose
  ) {
    return unclear(frame, node);
  }
  const items = first.plain.items.slice(from === '' ? 0 : Number(from), to === '' ? undefined : Number(to));
  return [{ ...first, plain: list(items) }];
}
