import { literal, truth, unknownValue, type Value } from './value.ts';

const mostText = 20_000;

/** Texts one after the other; what is not known becomes `\0`. */
export function joinedText(parts: readonly Value[]): Value {
  const text = parts
    .map((part) => {
      if (part.kind === 'literal') return String(part.value);
      return part.kind === 'text' ? part.text : '\0';
    })
    .join('')
    .slice(0, mostText);
  const unless = parts.find((part) => part.unless !== undefined)?.unless;
  const value: Value = text.includes('\0') ? { kind: 'text', text } : literal(text);
  return unless === undefined ? value : { ...value, unless };
}

export function unaryValue(operator: string, value: Value): Value {
  if (operator === 'void') return literal(undefined);
  if (operator === '!') {
    const isTrue = truth(value);
    if (isTrue !== undefined) return literal(!isTrue);
    return value.kind === 'unknown' || value.kind === 'environment'
      ? withoutSpot(value)
      : unknownValue('it is computed');
  }
  if (value.kind === 'literal' && operator === '-') return literal(-Number(value.value));
  if (value.kind === 'literal' && operator === '+') return literal(Number(value.value));
  return unknownValue('it is computed');
}

export function binaryValue(operator: string, left: Value, right: Value): Value {
  const isText = [left, right].some(
    (one) => one.kind === 'text' || (one.kind === 'literal' && typeof one.value === 'string'),
  );
  if (operator === '+' && isText) return joinedText([left, right]);
  if (left.kind === 'literal' && right.kind === 'literal')
    return ofLiterals(operator, left.value, right.value);
  const found = [left, right].find(({ kind }) => kind === 'environment' || kind === 'unknown');
  return found ? withoutSpot(found) : unknownValue('it is computed');
}

/** What is made of a value is written where that is done. */
function withoutSpot({ spot: _, ...value }: Value): Value {
  return value;
}

type Plain = string | number | boolean | null | undefined;

function ofLiterals(operator: string, a: Plain, b: Plain): Value {
  switch (operator) {
    case '===':
      return literal(a === b);
    case '!==':
      return literal(a !== b);
    case '==':
      return literal(a === b || (a ?? undefined) === (b ?? undefined));
    case '!=':
      return literal(!(a === b || (a ?? undefined) === (b ?? undefined)));
    default:
      return typeof a === 'number' && typeof b === 'number'
        ? ofNumbers(operator, a, b)
        : unknownValue('it is computed');
  }
}

function ofNumbers(operator: string, a: number, b: number): Value {
  switch (operator) {
    case '+':
      return literal(a + b);
    case '-':
      return literal(a - b);
    case '*':
      return literal(a * b);
    case '/':
      return literal(a / b);
    case '**':
      return literal(a ** b);
    case '<':
      return literal(a < b);
    case '>':
      return literal(a > b);
    case '<=':
      return literal(a <= b);
    case '>=':
      return literal(a >= b);
    default:
      return unknownValue('it is computed');
  }
}
