import { html } from 'parse5';
import { escapeHtml } from '../values/escape.ts';
import type { CompiledPreset } from './compiled-preset.ts';
import { droppedTags, fits, lineBreaking, textFits, voidTags } from './content-model.ts';
import type { Element, Node } from './markup-node.ts';
import { tooComplex } from './parse-untrusted.ts';
import type { ReportRemoval } from './removal.ts';
import { type Allowed, allowedAttributes, type UnsafeUrl } from './sanitized-attributes.ts';

export interface WrittenTree {
  readonly text: string;
  /** The first URL that was left out for its scheme. */
  readonly unsafeUrl: UnsafeUrl | undefined;
}

/** Deeper than any text nests, and far from the depth of 512 at which browsers put elements elsewhere. */
const maxDepth = 100;

/** The end of an element, whose tag was written or left out. */
class End {
  readonly written: boolean;

  constructor(written: boolean) {
    this.written = written;
  }
}

/** A class, since any field that tells a node from an end could be a polluted prototype's. */
type Step = Node | End;

const endOfElement = new End(true);
const endOfNothing = new End(false);

/**
 * Writes what the preset allows of a tree. A loop, not a recursion: the tree is as deep as an attacker likes.
 *
 * The parser opens an unclosed formatting element again in each paragraph, with all its attributes, so a short markup
 * can stand for a long tree. The output is counted while it grows, and what is repeated is escaped once.
 *
 * @throws Refusal `html/markup-too-complex` when more is written than the preset takes in
 */
export function writeTree(
  nodes: readonly Node[],
  policy: CompiledPreset,
  report?: ReportRemoval,
): WrittenTree {
  const { tags } = policy;
  const open: string[] = [];
  const steps: Step[] = [...nodes].reverse();
  const out = output(policy.preset.limits.length);
  // The copies of an element have one and the same list of attributes.
  const seen = new Map<Element['attrs'], Allowed>();
  let unsafeUrl: UnsafeUrl | undefined;
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (step instanceof End) {
      if (step.written) out.endTag(open.pop() as string);
      else out.breakLine();
    } else if (step.nodeName === '#text' && 'value' in step) {
      if (textFits(step.value, open)) out.text(step.value);
    } else if ('tagName' in step) {
      const { tagName: tag, namespaceURI, childNodes } = step;
      const dropped = namespaceURI !== html.NS.HTML || droppedTags.has(tag);
      if (dropped || !tags.has(tag)) report?.('element', tag, open);
      if (dropped) continue;
      const attributes = tags.has(tag) ? attributesOf(step, seen, policy, report, open) : undefined;
      unsafeUrl ??= attributes?.unsafeUrl;
      if (attributes?.keep && fits(tag, open)) {
        if (open.length >= maxDepth) {
          report?.('element', tag, open);
          continue;
        }
        out.startTag(tag, attributes.text);
        if (voidTags.has(tag)) continue;
        open.push(tag);
        steps.push(endOfElement);
      } else {
        if (attributes) report?.('element', tag, open);
        if (lineBreaking.has(tag)) {
          out.breakLine();
          steps.push(endOfNothing);
        }
      }
      for (let i = childNodes.length - 1; i >= 0; i--) steps.push(childNodes[i] as Node);
    }
  }
  return { text: out.done(), unsafeUrl };
}

function attributesOf(
  element: Element,
  seen: Map<Element['attrs'], Allowed>,
  policy: CompiledPreset,
  report: ReportRemoval | undefined,
  open: readonly string[],
): Allowed {
  const { attrs, tagName } = element;
  if (attrs.length === 0) return allowedAttributes(element, policy);
  const found = seen.get(attrs);
  if (found) return found;
  const refused =
    report && ((kind: Parameters<ReportRemoval>[0], name: string) => report(kind, name, [...open, tagName]));
  const allowed = allowedAttributes(element, policy, refused);
  seen.set(attrs, allowed);
  return allowed;
}

interface Output {
  text(text: string): void;
  startTag(tag: string, attributes: string): void;
  endTag(tag: string): void;
  /** The next text starts on a new line, unless a tag sees to that. */
  breakLine(): void;
  done(): string;
}

function output(mostLength: number): Output {
  let written = '';
  const write = (piece: string): void => {
    if (written.length + piece.length > mostLength) tooComplex('output', mostLength);
    written += piece;
  };
  let lastText = '';
  let afterPre = false;
  let broken = false;
  return {
    text(text) {
      if (text === '') return;
      const line = broken && /\S$/.test(lastText) && /^\S/.test(text) ? `\n${text}` : text;
      // The parser drops a line feed that follows `<pre>`.
      write((afterPre && line.startsWith('\n') ? '\n' : '') + escapeHtml(line));
      lastText = text.slice(-1);
      afterPre = false;
      broken = false;
    },
    startTag(tag, attributes) {
      if (lineBreaking.has(tag)) lastText = '';
      write(`<${tag}${attributes}>`);
      afterPre = tag === 'pre';
    },
    endTag(tag) {
      if (lineBreaking.has(tag)) lastText = '';
      write(`</${tag}>`);
      afterPre = false;
    },
    breakLine() {
      broken = true;
    },
    done: () => written,
  };
}
