import { invalidExpression, tooCostly } from './expression-errors.ts';
import { readTokens, type Token } from './read-tokens.ts';
import {
  type Binary,
  type ChainSyntax,
  type PathStep,
  precedences,
  type Syntax,
  type Unary,
} from './syntax.ts';

/** Words with a meaning in JavaScript that have none here. */
const refusedWords = new Set([
  ...['async', 'await', 'class', 'const', 'delete', 'do', 'for', 'function', 'if', 'import', 'instanceof'],
  ...['let', 'new', 'return', 'super', 'switch', 'this', 'throw', 'try', 'typeof', 'var', 'void', 'while'],
  ...['with', 'yield'],
]);

const constants: Readonly<Record<string, boolean | null>> = {
  ...{ true: true, false: false, null: null, undefined: null },
};

/**
 * Reads an expression by recursive descent. Pure.
 *
 * @param functions - the names that may be called
 */
export function readSyntax(text: string, functions: ReadonlySet<string>, maxDepth: number): Syntax {
  const tokens = readTokens(text);
  let next = 0;
  let depth = 0;
  const whole = choice();
  if (peek().kind !== 'end') invalidExpression(trailing(peek()), peek().at);
  return whole;

  function peek(): Token {
    return tokens[next] as Token;
  }

  function take(sign: string): boolean {
    const found = peek().kind === 'sign' && peek().text === sign;
    if (found) next++;
    return found;
  }

  function expect(sign: string): void {
    if (!take(sign)) invalidExpression(`expected ${sign}`, peek().at);
  }

  /** Everything that nests passes here, so this limits the stack. */
  function nested<T>(read: () => T): T {
    if (++depth > maxDepth) tooCostly('maxDepth', maxDepth);
    const value = read();
    depth--;
    return value;
  }

  function choice(): Syntax {
    return nested(() => {
      const test = chain(1);
      const { at } = peek();
      if (!take('?')) return test;
      const then = choice();
      expect(':');
      return { kind: 'choice', test, then, otherwise: choice(), at };
    });
  }

  function chain(precedence: number): Syntax {
    if (precedence > 7) return unary();
    const first = chain(precedence + 1);
    const rest: ChainSyntax['rest'][number][] = [];
    for (let operator = binary(precedence); operator !== undefined; operator = binary(precedence)) {
      const { at } = peek();
      next++;
      rest.push({ operator, operand: chain(precedence + 1), at });
    }
    return rest.length === 0 ? first : { kind: 'chain', first, rest, at: first.at };
  }

  function binary(precedence: number): Binary | undefined {
    const { kind, text: written } = peek();
    const isOperator = kind === 'sign' || (kind === 'name' && written === 'in');
    if (!isOperator || !Object.hasOwn(precedences, written)) return undefined;
    const operator = written as Binary;
    return precedences[operator] === precedence ? operator : undefined;
  }

  function unary(): Syntax {
    const { at, text: operator } = peek();
    if (!(take('!') || take('-') || take('+'))) return path();
    return { kind: 'unary', operator: operator as Unary, operand: nested(unary), at };
  }

  function path(): Syntax {
    const from = primary();
    const steps: PathStep[] = [];
    for (let step = pathStep(); step !== undefined; step = pathStep()) steps.push(step);
    if (peek().kind === 'sign' && peek().text === '(') {
      invalidExpression('only a listed function can be called, by its name', peek().at);
    }
    return steps.length === 0 ? from : { kind: 'path', from, steps, at: from.at };
  }

  function pathStep(): PathStep | undefined {
    const { at } = peek();
    const optional = take('?.');
    if (take('[')) {
      const key = choice();
      expect(']');
      return { key, optional, at };
    }
    if (!optional && !take('.')) return undefined;
    const name = peek();
    if (name.kind !== 'name') invalidExpression('expected a property name', name.at);
    next++;
    return { key: name.text, optional, at: name.at };
  }

  function primary(): Syntax {
    const { kind, text: written, at } = peek();
    next++;
    if (kind === 'text') return { kind: 'value', value: written, at };
    if (kind === 'number') return { kind: 'value', value: finite(written, at), at };
    if (kind === 'name') return named(written, at);
    if (written === '(') {
      const inner = choice();
      expect(')');
      return inner;
    }
    if (written === '[') return { kind: 'list', items: items(']'), at };
    return invalidExpression(kind === 'end' ? 'the end is missing' : 'expected a value', at);
  }

  function named(name: string, at: number): Syntax {
    if (Object.hasOwn(constants, name)) return { kind: 'value', value: constants[name] ?? null, at };
    if (refusedWords.has(name) || name === 'in') return invalidExpression(`\`${name}\` is not supported`, at);
    if (!take('(')) return { kind: 'name', name, at };
    if (!functions.has(name))
      return invalidExpression('only a listed function can be called, by its name', at);
    return { kind: 'call', name, args: items(')'), at };
  }

  function items(end: string): Syntax[] {
    const found: Syntax[] = [];
    if (take(end)) return found;
    do found.push(choice());
    while (take(','));
    expect(end);
    return found;
  }
}

function finite(written: string, at: number): number {
  const value = Number(written);
  return Number.isFinite(value) ? value : invalidExpression('a number that is too large', at);
}

function trailing({ text, kind }: Token): string {
  if (kind !== 'sign') return 'more than one expression';
  return text === ',' ? 'more than one expression' : `unexpected ${text}`;
}
