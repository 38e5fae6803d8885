import {
  type DefaultTreeAdapterMap,
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  html,
  Parser,
  Tokenizer,
} from 'parse5';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';

export type Node = DefaultTreeAdapterTypes.ChildNode;
export type Element = DefaultTreeAdapterTypes.Element;

export interface ParseLimits {
  /** In UTF-16 units. */
  readonly length: number;
  /** Elements and pieces of text in the tree. Unclosed formatting elements multiply: the parser opens them again. */
  readonly nodes: number;
  /** Elements that are open at once. The parser searches all of them at many a tag. */
  readonly depth: number;
  /** Attributes of one tag. The tokenizer compares each with all before it. */
  readonly attributes: number;
}

/** How much is parsed between two looks at the counts. */
const step = 2048;

/**
 * Parses as a browser does for `innerHTML` of a `<div>`. The standard's algorithm is quadratic, and worse, in what an
 * attacker can write, so it is fed in steps, and stopped when it has built more than `limits` allows.
 *
 * @throws Refusal `html/markup-too-complex`
 */
export function parseUntrusted(markup: string, limits: ParseLimits): readonly Node[] {
  if (markup.length > limits.length) tooComplex('length', limits.length);
  let nodes = 0;
  const count = (): void => {
    if (++nodes > limits.nodes) tooComplex('nodes', limits.nodes);
  };
  const context = defaultTreeAdapter.createElement('div', html.NS.HTML, []);
  let parser: Parser<DefaultTreeAdapterMap> | undefined;
  parser = Parser.getFragmentParser<DefaultTreeAdapterMap>(context, {
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement(name, namespace, attributes) {
        count();
        return defaultTreeAdapter.createElement(name, namespace, attributes);
      },
      insertText(parent, text) {
        count();
        defaultTreeAdapter.insertText(parent, text);
      },
      insertTextBefore(parent, text, reference) {
        count();
        defaultTreeAdapter.insertTextBefore(parent, text, reference);
      },
      createCommentNode(text) {
        count();
        return defaultTreeAdapter.createCommentNode(text);
      },
      onItemPush() {
        if (parser && parser.openElements.stackTop > limits.depth) tooComplex('depth', limits.depth);
      },
    },
  });
  const tokenizer = new CountingTokenizer(parser.options, parser);
  parser.tokenizer = tokenizer;
  for (let at = 0; at < markup.length; at += step) {
    tokenizer.write(markup.slice(at, at + step), false);
    if (tokenizer.attributes() > limits.attributes) tooComplex('attributes', limits.attributes);
  }
  tokenizer.write('', true);
  return parser.getFragment().childNodes;
}

class CountingTokenizer extends Tokenizer {
  /** How many attributes the tag has that is being read. */
  attributes(): number {
    return this.currentToken && 'attrs' in this.currentToken ? this.currentToken.attrs.length : 0;
  }
}

function tooComplex(limit: keyof ParseLimits, most: number): never {
  return refuse(deny('html/markup-too-complex', { limit, most }));
}
