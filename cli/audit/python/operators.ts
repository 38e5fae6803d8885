import { Failure, isType, known, list, type Plain, type PyList, type Value } from './value.ts';

const computed = new Failure('it is computed');

/** Whether Python takes it for true; undefined if that is not known. */
export function truthOf(plain: Plain): boolean | undefined {
  if (plain === null) return false;
  if (typeof plain !== 'object') return Boolean(plain);
  if (plain.type === 'list') return plain.items.length > 0 || (plain.more === undefined ? false : undefined);
  if (plain.type === 'dict') return plain.entries.size > 0 || (plain.more === undefined ? false : undefined);
  return plain.type === 'function' || plain.type === 'class' || plain.type === 'module' ? true : undefined;
}

export function binary(operator: string, [a = null, b = null]: readonly Plain[]): Plain | Failure {
  if (typeof a === 'boolean') a = Number(a);
  if (typeof b === 'boolean') b = Number(b);
  if (typeof a === 'number' && typeof b === 'number') return arithmetic(operator, a, b);
  if (typeof a === 'string' && typeof b === 'string' && operator === '+') {
    return a.length + b.length > 10_000 ? computed : a + b;
  }
  if (typeof a === 'string' && typeof b === 'number' && operator === '*') {
    return a.length * b > 10_000 ? computed : a.repeat(Math.max(0, Math.trunc(b)));
  }
  if (isType(a, 'list') && isType(b, 'list') && (operator === '+' || operator === '|')) return joined(a, b);
  return computed;
}

function arithmetic(operator: string, a: number, b: number): Plain | Failure {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? computed : a / b;
    case '//':
      return b === 0 ? computed : Math.floor(a / b);
    case '**':
      return a ** b;
    default:
      return computed;
  }
}

function joined(a: PyList, b: PyList): PyList {
  const result = list([...a.items], a.more);
  if (a.isLoose) result.isLoose = true;
  result.spots.push(...[...a.spots, ...b.spots].slice(0, 10));
  addItems(result, b);
  return result;
}

const mostItems = 2000;

/** Adds the items of another list, which may be the same one. */
export function addItems(to: PyList, { items, more, isLoose }: PyList): void {
  if (to.items.length + items.length > mostItems) to.more = 'it is too long';
  else to.items.push(...items);
  if (isLoose) to.isLoose = true;
  if (more !== undefined) to.more = more;
}

export function compare(operator: string, [a = null, b = null]: readonly Plain[]): Plain | Failure {
  switch (operator) {
    case '==':
    case 'is':
      return negated(isEqual(a, b), false);
    case '!=':
    case 'is not':
      return negated(isEqual(a, b), true);
    case 'in':
      return negated(contains(b, a), false);
    case 'not in':
      return negated(contains(b, a), true);
    default:
      return ordered(operator, a, b);
  }
}

function negated(value: boolean | undefined, turn: boolean): boolean | Failure {
  return value === undefined ? computed : value !== turn;
}

function isEqual(a: Plain, b: Plain): boolean | undefined {
  if (isSimple(a) && isSimple(b))
    return a === b || Number(a) === (typeof b === 'boolean' ? Number(b) : Number.NaN);
  return isSimple(a) !== isSimple(b) && !isOpaque(a) && !isOpaque(b) ? false : undefined;
}

function isSimple(plain: Plain): plain is null | boolean | number | string {
  return plain === null || typeof plain !== 'object';
}

function isOpaque(plain: Plain): boolean {
  return isType(plain, 'reference') || isType(plain, 'absent') || isType(plain, 'object');
}

function contains(holder: Plain, item: Plain): boolean | undefined {
  if (typeof holder === 'string') return typeof item === 'string' ? holder.includes(item) : undefined;
  // Neither the tests' runner nor the development server runs in production.
  if (isType(holder, 'reference') && /^sys\.(argv|modules)$/.test(holder.path)) return false;
  if (isType(holder, 'dict')) {
    if (typeof item !== 'string') return undefined;
    return holder.entries.has(item) || (holder.more === undefined ? false : undefined);
  }
  return isType(holder, 'list') ? holds(holder, item) : undefined;
}

/** Whether a list has an item; undefined if one that is not known may be it. */
export function holds(holder: PyList, item: Plain): boolean | undefined {
  let mayHold = holder.more !== undefined;
  for (const value of holder.items) {
    const answers = value.map(({ plain }) => {
      if (isType(plain, 'absent')) return false;
      return plain === undefined ? undefined : isEqual(plain, item);
    });
    if (answers.every((answer) => answer === true)) return true;
    if (answers.some((answer) => answer !== false)) mayHold = true;
  }
  return mayHold ? undefined : false;
}

function ordered(operator: string, a: Plain, b: Plain): Plain | Failure {
  if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string')) return computed;
  if (typeof b !== 'number' && typeof b !== 'string') return computed;
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return computed;
  }
}

/** `value[key]` */
export function entryOf(holder: Plain, key: Plain): Value | undefined {
  if (typeof holder === 'string' && typeof key === 'number') {
    const letter = holder.at(key);
    return letter === undefined ? undefined : known(letter);
  }
  if (isType(holder, 'dict') && typeof key === 'string') return holder.entries.get(key);
  if (isType(holder, 'list') && typeof key === 'number' && holder.more === undefined && !holder.isLoose)
    return holder.items.at(key);
  return undefined;
}
