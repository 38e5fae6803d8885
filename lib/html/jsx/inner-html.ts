import { escapeHtml } from '../values/escape.ts';
import { fillNonces } from '../values/fill-nonces.ts';
import { JsxMisuse } from './jsx-misuse.ts';
import { pageNonce } from './page-nonce.ts';
import { codeText, htmlContent, type SafeContent } from './safe-values.ts';

declare const opaque: unique symbol;

/** Content for `dangerouslySetInnerHTML`, made by `innerHtml` or `jsonScript`. A copy of it, or one from JSON, is refused. */
export interface InnerHtml {
  readonly __html: string;
  readonly [opaque]: 'InnerHtml';
}

type Kind = 'html' | 'foreign' | 'script' | 'style';

const made = new WeakMap<object, Kind>();

/**
 * Content for `dangerouslySetInnerHTML` of an element or of a library's component. An element of your own takes `{ __html: safe }` too.
 *
 * @param safe what `html`, the sanitiser, `safeScript` or `safeStyle` made
 * @throws Misuse `html/not-safe-html`, `html/late-value`
 *
 * @example
 * ```ts
 * import { sanitize } from 'bulwark/html';
 * import { innerHtml } from 'bulwark/html/react';
 *
 * innerHtml(sanitize('<b onclick="x()">hi</b>', 'article')).__html; // '<b>hi</b>'
 * ```
 */
export function innerHtml(safe: SafeContent): InnerHtml {
  const content = isObject(safe) ? contentOf(safe) : undefined;
  if (content === undefined) throw notSafe('innerHtml takes only SafeHtml, SafeScript and SafeStyle.');
  return madeOf(content.text, content.kind);
}

/** @param text safe in an element that takes this kind */
export function madeOf(text: string, kind: Kind): InnerHtml {
  const content = Object.freeze({ __html: text }) as unknown as InnerHtml;
  made.set(content, kind);
  return content;
}

/**
 * Checks `dangerouslySetInnerHTML`. A component may pass the result to an element, where it is recognised.
 *
 * @param element its name, in lower case, or undefined for a component
 */
export function checkInnerHtml(value: unknown, element: string | undefined): unknown {
  if (!isObject(value)) return value;
  const kind = made.get(value);
  if (kind !== undefined) {
    if (fits(kind, element)) return value;
    throw notSafe(unsafeContent);
  }
  const inner = (value as { readonly __html?: unknown }).__html;
  // Made anew, so that a second reading of the object finds nothing else.
  if (inner === undefined || inner === null || inner === '') return madeOf('', 'foreign');
  const content = isObject(inner) ? contentOf(inner) : undefined;
  if (content === undefined || !fits(content.kind, element)) throw notSafe(unsafeContent);
  return madeOf(content.text, content.kind);
}

/** The text of a safe value, if it fits the element. */
export function textFor(value: object, element: string): string | undefined {
  const content = contentOf(value);
  return content && fits(content.kind, element) ? content.text : undefined;
}

/** SafeHtml is safe as the content of ordinary elements, and not where the parser has other rules. */
function fits(kind: Kind, element: string | undefined): boolean {
  if (element === undefined) return true;
  if (element === 'script' || element === 'style') return kind === element;
  if (rawElements.has(element)) return false;
  return kind === 'foreign' || (kind === 'html' && !foreignElements.has(element));
}

const rawElements: ReadonlySet<string> = new Set(
  'iframe noembed noframes noscript plaintext textarea title xmp'.split(' '),
);
/** Elements of SVG and MathML that hold others: their content is parsed by other rules. */
const foreignElements: ReadonlySet<string> = new Set(
  (
    'svg g defs symbol text tspan textpath marker mask pattern clippath switch filter lineargradient radialgradient desc ' +
    'math mrow mi mo mn ms mtext semantics annotation-xml mtable mtr mtd mstyle msqrt mfrac'
  ).split(' '),
);

interface SafeText {
  readonly text: string;
  readonly kind: Kind;
}

function contentOf(value: object): SafeText | undefined {
  const content = htmlContent(value);
  if (content !== undefined) {
    if (content.lates) {
      throw new JsxMisuse(
        'html/late-value',
        'This SafeHtml waits for a promise.',
        'Await the promise before you create the template.',
      );
    }
    const nonce = content.slotted ? pageNonce() : undefined;
    const attribute = nonce === undefined ? '' : ` nonce="${escapeHtml(nonce)}"`;
    const text = content.slotted ? fillNonces(content.markup, attribute) : content.markup;
    return { text, kind: content.fitsForeign ? 'foreign' : 'html' };
  }
  for (const kind of ['script', 'style'] as const) {
    const text = codeText(value, kind);
    if (text !== undefined) return { text, kind };
  }
  return undefined;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function notSafe(where: string): JsxMisuse {
  return new JsxMisuse('html/not-safe-html', where, contentHint);
}

const unsafeContent =
  'dangerouslySetInnerHTML takes only content that Bulwark made, and that fits the element.';
const contentHint =
  'Pass { __html: sanitize(markup, "article") } or { __html: html`...` } of bulwark/html; in a <script>, { __html: safeScript`...` } or {...jsonScript(data)}.';
