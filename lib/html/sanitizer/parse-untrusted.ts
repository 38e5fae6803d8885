import { type DefaultTreeAdapterMap, defaultTreeAdapter, html, Parser } from 'parse5';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { FastTokenizer } from './fast-tokenizer.ts';
import type { Node } from './markup-node.ts';
import { readPlainMarkup } from './plain-markup.ts';

export interface ParseLimits {
  /** In UTF-16 units, of what comes in and of what is written: so that what came out can come in again. */
  readonly length: number;
  /** Elements and pieces of text in the tree. Unclosed formatting elements multiply: the parser opens them again. */
  readonly nodes: number;
  /** Elements that are open at once. The parser searches all of them at many a tag. */
  readonly depth: number;
  /** Attributes of one tag. The tokenizer compares each with all before it. */
  readonly attributes: number;
}

/**
 * Parses as a browser does for `innerHTML` of a `<div>`. The standard's algorithm is quadratic, and worse, in what an
 * attacker can write, so it is stopped at the first node, open element or attribute that `limits` has no room for.
 *
 * @throws Refusal `html/markup-too-complex`
 */
export function parseUntrusted(markup: string, limits: ParseLimits): readonly Node[] {
  if (markup.length > limits.length) tooComplex('length', limits.length);
  const plain = readPlainMarkup(markup, limits.nodes);
  if (plain.count > limits.nodes) tooComplex('nodes', limits.nodes);
  if (plain.end === markup.length) return plain.nodes;
  const rest = parseRest(markup.slice(plain.end), limits, plain.count);
  return plain.nodes.length === 0 ? rest : [...plain.nodes, ...rest];
}

/** The whole algorithm of the standard, for what is not plain. @param nodes how many there are already */
export function parseRest(markup: string, limits: ParseLimits, nodes = 0): readonly Node[] {
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
        // A word in a text is a call of its own, and goes on with the node that is there.
        if (!isText(parent.childNodes.at(-1))) count();
        defaultTreeAdapter.insertText(parent, text);
      },
      insertTextBefore(parent, text, reference) {
        const { childNodes } = parent;
        // Where `reference` is not the last child, it is searched for, which counts as work.
        if (childNodes.at(-1) !== reference || !isText(childNodes.at(-2))) count();
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
  const tokenizer = new FastTokenizer(parser.options, parser);
  tokenizer.mostAttributes = limits.attributes;
  tokenizer.tooManyAttributes = () => tooComplex('attributes', limits.attributes);
  parser.tokenizer = tokenizer;
  tokenizer.write(markup, true);
  // Without a fragment: its making would move every node once more.
  const root = parser.document.childNodes[0];
  return root && 'childNodes' in root ? root.childNodes : [];
}

function isText(node: Node | undefined): boolean {
  return node?.nodeName === '#text';
}

/** @param limit the name of the limit; `output` is `length` for what is written */
export function tooComplex(limit: keyof ParseLimits | 'output', most: number): never {
  return refuse(deny('html/markup-too-complex', { limit, most }));
}
