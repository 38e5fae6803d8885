import { Misuse } from '../../refusal/misuse.ts';
import { readXpathTokens, type XpathToken } from './read-tokens.ts';
import { xpathFunctions } from './xpath-functions.ts';
import {
  type Axis,
  type NodeTest,
  operatorLevels,
  type XpathOperator,
  type XpathStep,
  type XpathSyntax,
} from './xpath-syntax.ts';

const axes: ReadonlySet<string> = new Set<Axis>([
  ...([
    'child',
    'descendant',
    'descendant-or-self',
    'self',
    'parent',
    'ancestor',
    'ancestor-or-self',
  ] as const),
  ...(['attribute', 'following-sibling', 'preceding-sibling'] as const),
]);

const anyNode: NodeTest = { kind: 'node' };
const step = (axis: Axis, test: NodeTest = anyNode): XpathStep => ({ axis, test, predicates: [] });

/**
 * Reads the literals of a template as one expression of XPath 1.0, by recursive descent.
 *
 * @throws Misuse `parse/invalid-xpath`
 */
export function readXpath(strings: readonly string[], namespaces: ReadonlyMap<string, string>): XpathSyntax {
  const tokens = readXpathTokens(strings);
  let next = 0;
  const whole = binary(0);
  if (peek().kind !== 'end') unexpected();
  return whole;

  function peek(ahead = 0): XpathToken {
    return tokens[Math.min(next + ahead, tokens.length - 1)] as XpathToken;
  }

  function isSign(text: string, ahead = 0): boolean {
    return peek(ahead).kind === 'sign' && peek(ahead).text === text;
  }

  function take(sign: string): boolean {
    const found = isSign(sign);
    if (found) next++;
    return found;
  }

  function expect(sign: string): void {
    if (!take(sign)) unexpected();
  }

  function unexpected(): never {
    const { kind, text } = peek();
    const what =
      kind === 'hole'
        ? 'A value stands where none can'
        : kind === 'end'
          ? 'The end is missing'
          : `Unexpected ${text}`;
    throw new Misuse('parse/invalid-xpath', `${what}. A value can be compared, or be an argument.`);
  }

  function binary(level: number): XpathSyntax {
    const operators = operatorLevels[level];
    if (operators === undefined) return negative();
    let left = binary(level + 1);
    for (;;) {
      const operator = operators.find(
        (one) => peek().text === one && (peek().kind === 'sign' || peek().kind === 'name'),
      );
      if (operator === undefined) return left;
      next++;
      left = { kind: 'binary', operator, left, right: binary(level + 1) };
    }
  }

  function negative(): XpathSyntax {
    return take('-') ? { kind: 'negative', operand: negative() } : union();
  }

  function union(): XpathSyntax {
    let left = path();
    while (take('|')) left = { kind: 'binary', operator: '|' satisfies XpathOperator, left, right: path() };
    return left;
  }

  function path(): XpathSyntax {
    if (take('//')) return { kind: 'path', from: 'root', steps: [step('descendant-or-self'), ...relative()] };
    if (take('/')) return { kind: 'path', from: 'root', steps: startsStep() ? relative() : [] };
    if (!startsFilter()) return { kind: 'path', from: 'context', steps: relative() };
    const filter = filtered(primary());
    if (take('//')) return { kind: 'path', from: filter, steps: [step('descendant-or-self'), ...relative()] };
    return take('/') ? { kind: 'path', from: filter, steps: relative() } : filter;
  }

  function filtered(from: XpathSyntax): XpathSyntax {
    const found = predicates();
    return found.length === 0 ? from : { kind: 'filter', from, predicates: found };
  }

  function startsStep(): boolean {
    return peek().kind === 'name' || ['.', '..', '@', '*'].some((sign) => isSign(sign));
  }

  function startsFilter(): boolean {
    const { kind, text } = peek();
    if (kind === 'hole' || kind === 'text' || kind === 'number' || isSign('(')) return true;
    return kind === 'name' && isSign('(', 1) && text !== 'text' && text !== 'node';
  }

  function primary(): XpathSyntax {
    const { kind, text } = peek();
    next++;
    if (kind === 'hole') return { kind: 'hole', index: Number(text) };
    if (kind === 'text') return { kind: 'value', value: text.slice(1, -1) };
    if (kind === 'number') return { kind: 'value', value: Number(text) };
    if (kind === 'sign') {
      const inner = binary(0);
      expect(')');
      return inner;
    }
    return call(text);
  }

  function call(name: string): XpathSyntax {
    expect('(');
    const args: XpathSyntax[] = [];
    if (!take(')')) {
      do args.push(binary(0));
      while (take(','));
      expect(')');
    }
    const known = Object.hasOwn(xpathFunctions, name) ? xpathFunctions[name] : undefined;
    if (known === undefined) throw new Misuse('parse/invalid-xpath', `There is no function ${name}().`);
    const [least, most] = known.arguments;
    if (args.length < least || args.length > most) {
      throw new Misuse('parse/invalid-xpath', `${name}() got the wrong number of arguments.`);
    }
    return { kind: 'call', name, args };
  }

  function relative(): XpathStep[] {
    const steps = [oneStep()];
    for (;;) {
      if (take('//')) steps.push(step('descendant-or-self'));
      else if (!take('/')) return steps;
      steps.push(oneStep());
    }
  }

  function oneStep(): XpathStep {
    if (take('.')) return step('self');
    if (take('..')) return step('parent');
    const axis = axisOf();
    return { axis, test: nodeTest(axis), predicates: predicates() };
  }

  function axisOf(): Axis {
    if (take('@')) return 'attribute';
    if (!isSign('::', 1)) return 'child';
    const { text } = peek();
    if (!axes.has(text)) throw new Misuse('parse/invalid-xpath', `The axis ${text} is not supported.`);
    next += 2;
    return text as Axis;
  }

  function nodeTest(axis: Axis): NodeTest {
    if (take('*')) return { kind: 'name', name: '*', namespace: undefined };
    const { kind, text } = peek();
    if (kind !== 'name') unexpected();
    next++;
    if ((text === 'text' || text === 'node') && take('(')) {
      expect(')');
      return { kind: text };
    }
    if (!take(':'))
      return { kind: 'name', name: text, namespace: axis === 'attribute' ? '' : (namespaces.get('') ?? '') };
    const namespace = namespaces.get(text);
    if (namespace === undefined)
      throw new Misuse('parse/invalid-xpath', `The prefix ${text} is not in namespaces.`);
    if (take('*')) return { kind: 'name', name: '*', namespace };
    if (peek().kind !== 'name') unexpected();
    next++;
    return { kind: 'name', name: peek(-1).text, namespace };
  }

  function predicates(): XpathSyntax[] {
    const found: XpathSyntax[] = [];
    while (take('[')) {
      found.push(binary(0));
      expect(']');
    }
    return found;
  }
}
