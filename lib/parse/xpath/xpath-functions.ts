import { Misuse } from '../../refusal/misuse.ts';
import type { XpathNode } from './xpath-node.ts';
import { type Spend, toBoolean, toNumber, toText, type Value } from './xpath-values.ts';

export interface XpathContext {
  readonly node: XpathNode;
  readonly position: number;
  readonly size: number;
}

interface XpathFunction {
  readonly arguments: readonly [least: number, most: number];
  readonly call: (args: readonly Value[], context: XpathContext, spend: Spend) => Value;
}

/** How many characters cost one step: of text that native code searches or joins, and of text that is split. */
const [searched, takenApart] = [64, 4];

const ofText = (
  least: number,
  most: number,
  call: (texts: readonly string[]) => Value,
  charactersPerStep = searched,
): XpathFunction => ({
  arguments: [least, most],
  call: (args, _, spend) => {
    const texts = args.map((arg) => toText(arg, spend));
    spend(Math.floor(texts.reduce((sum, text) => sum + text.length, 0) / charactersPerStep));
    return call(texts);
  },
});

const ofNumber = (call: (value: number) => number): XpathFunction => ({
  arguments: [1, 1],
  call: ([value = 0], _, spend) => call(toNumber(value, spend)),
});

/** The function library of XPath 1.0, section 4, except `id`, `lang` and `name`, which need a DTD or prefixes. */
export const xpathFunctions: Readonly<Record<string, XpathFunction>> = {
  last: { arguments: [0, 0], call: (_, { size }) => size },
  position: { arguments: [0, 0], call: (_, { position }) => position },
  count: { arguments: [1, 1], call: ([set]) => nodes(set).length },
  sum: {
    arguments: [1, 1],
    call: ([set], _, spend) => nodes(set).reduce((total, node) => total + toNumber([node], spend), 0),
  },
  'local-name': { arguments: [0, 1], call: (args, context) => first(args, context)?.name ?? '' },
  'namespace-uri': { arguments: [0, 1], call: (args, context) => first(args, context)?.namespace ?? '' },
  string: orContext((value, spend) => toText(value, spend)),
  number: orContext((value, spend) => toNumber(value, spend)),
  'string-length': orContext((value, spend) => charactersOf(toText(value, spend), spend).length),
  'normalize-space': orContext((value, spend) =>
    toText(value, spend)
      .split(/[ \t\r\n]+/)
      .filter((word) => word !== '')
      .join(' '),
  ),
  boolean: { arguments: [1, 1], call: ([value = false]) => toBoolean(value) },
  not: { arguments: [1, 1], call: ([value = false]) => !toBoolean(value) },
  true: { arguments: [0, 0], call: () => true },
  false: { arguments: [0, 0], call: () => false },
  floor: ofNumber(Math.floor),
  ceiling: ofNumber(Math.ceil),
  round: ofNumber((value) => Math.floor(value + 0.5)),
  concat: ofText(2, 100, (texts) => texts.join('')),
  'starts-with': ofText(2, 2, ([text = '', start = '']) => text.startsWith(start)),
  contains: ofText(2, 2, ([text = '', part = '']) => text.includes(part)),
  'substring-before': ofText(2, 2, ([text = '', part = '']) =>
    text.slice(0, Math.max(0, text.indexOf(part))),
  ),
  'substring-after': ofText(2, 2, ([text = '', part = '']) =>
    text.includes(part) ? text.slice(text.indexOf(part) + part.length) : '',
  ),
  substring: {
    arguments: [2, 3],
    call: ([text = '', start = 0, length], _, spend) => {
      const from = Math.floor(toNumber(start, spend) + 0.5);
      const to =
        length === undefined ? Number.POSITIVE_INFINITY : from + Math.floor(toNumber(length, spend) + 0.5);
      return charactersOf(toText(text, spend), spend)
        .filter((_character, index) => index + 1 >= from && index + 1 < to)
        .join('');
    },
  },
  translate: ofText(3, 3, translate, takenApart),
};

function translate([text = '', from = '', to = '']: readonly string[]): string {
  const replacements = [...to];
  const map = new Map<string, string>();
  for (const [index, character] of [...from].entries()) {
    // The first of two equal characters counts.
    if (!map.has(character)) map.set(character, replacements[index] ?? '');
  }
  return [...text].map((character) => map.get(character) ?? character).join('');
}

function charactersOf(text: string, spend: Spend): readonly string[] {
  spend(Math.floor(text.length / takenApart));
  return [...text];
}

function orContext(call: (value: Value, spend: Spend) => Value): XpathFunction {
  return {
    arguments: [0, 1],
    call: ([value], { node }, spend) => {
      const used = value ?? [node];
      spend(Math.floor(toText(used, spend).length / searched));
      return call(used, spend);
    },
  };
}

function nodes(value: Value | undefined): readonly XpathNode[] {
  if (typeof value === 'object') return value;
  throw new Misuse('parse/invalid-xpath', 'This function takes nodes, such as count(//item).');
}

function first([value]: readonly Value[], { node }: XpathContext): XpathNode | undefined {
  return value === undefined ? node : nodes(value)[0];
}
