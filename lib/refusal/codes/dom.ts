export interface DomDetail {
  'dom/not-text': { place: string; type: string };
  'dom/markup-too-complex': { limit: string; most: number };
  'dom/not-json': { id: string; reason: 'missing' | 'not-a-script' | 'ambiguous' | 'syntax' | 'schema' };
  'dom/script-refused': { kind: 'text' | 'url' | 'markup'; value: string };
}

/** What `bulwark/dom` throws names these codes only; their sentences stay on the server, and on their pages. */
export const domCodes = {
  /**
   * An object or an array was given where the page takes text: data of another shape than the code expects, such as a
   * field of a JSON answer.
   *
   * ```ts
   * import { setText } from 'bulwark/dom';
   *
   * declare const title: HTMLElement;
   * const answer = JSON.parse('{"name":{"x":1}}');
   * setText(title, answer.name); // dom/not-text
   * setText(title, String(answer.name.x)); // '1'
   * ```
   */
  'dom/not-text': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'An object was given where the page takes text.',
    hint: 'Check the shape of the data, or give one of its fields.',
  },
  /**
   * Markup for `setHtml` is longer, or has more tags or nodes, than any text that a person writes.
   *
   * ```ts
   * import { setHtml } from 'bulwark/dom';
   *
   * declare const article: HTMLElement;
   * setHtml(article, '<br>'.repeat(200_000)); // dom/markup-too-complex
   * ```
   */
  'dom/markup-too-complex': {
    kind: 'refusal',
    status: 413,
    severity: 'medium',
    cwe: 400,
    owasp: 'A06:2025',
    message: 'Markup is longer, or has more nodes, than is sanitised.',
    hint: 'Show a part of it.',
  },
  /**
   * `readJson` found no `<script type="application/json">` with this id, or more than one, or what it holds is not JSON
   * or not what the schema describes. An element of another kind with the same id never stands in: whoever can write
   * `<div id="user">` into a page must not be able to give the page its data.
   *
   * ```ts
   * import { readJson } from 'bulwark/dom';
   *
   * // <script type="application/json" id="user">{"name":"Ann"}</script>
   * readJson('user'); // { name: 'Ann' }
   * readJson('usr'); // dom/not-json, with the reason in its detail
   * ```
   */
  'dom/not-json': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'The page has no JSON script of this id, or it does not hold what it should.',
    hint: 'Look at detail.reason. Write the script with the html tag, once, and spell its id the same way.',
  },
  /**
   * Under a policy of `bulwark/dom`, a string was about to become a script: the text of one, the code of an event
   * handler or of `eval`, or the URL of a script that is not on the list. In the mode `refuse`, markup is refused as well.
   *
   * ```ts
   * import { installDefaultPolicy } from 'bulwark/dom';
   *
   * installDefaultPolicy({ scriptUrls: ['/assets/'] });
   * const script = document.createElement('script');
   * script.src = '/assets/chart.js'; // goes through
   * script.src = 'https://evil.example/x.js'; // dom/script-refused
   * ```
   */
  'dom/script-refused': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 79,
    owasp: 'A05:2025',
    message: 'A string was refused that would have become a script.',
    hint: 'Name the URL in scriptUrls. Text never becomes code: pass data as JSON, and functions as functions.',
  },
  /**
   * The attribute is one that runs or loads something, or is read as something else than text, whatever its value:
   * `onclick`, `style`, `srcdoc`, the source of a script or a frame, what a framework evaluates.
   *
   * ```ts
   * import { on, setAttribute } from 'bulwark/dom';
   *
   * declare const button: HTMLElement;
   * // refused: setAttribute(button, 'onclick', `buy('${id}')`)
   * setAttribute(button, 'data-id', '42');
   * on(document, 'click', 'button[data-id]', (_event, element) => element.dataset['id']);
   * ```
   */
  'dom/unsafe-attribute': {
    kind: 'misuse',
    message: 'This attribute takes no value from data.',
    hint: 'Use data-* for data, on() for events, classes for styles, and static markup for what loads code.',
  },
  /**
   * The element is one whose content is not text or markup in the page: a `<script>`, a `<style>`, a `<template>`.
   *
   * ```ts
   * import { setText } from 'bulwark/dom';
   *
   * // refused: setText(document.createElement('script'), code)
   * setText(document.createElement('p'), 'text');
   * ```
   */
  'dom/unsafe-element': {
    kind: 'misuse',
    message: 'The content of this element is code, or is read by other rules than text is.',
    hint: 'Choose an element that shows its content.',
  },
  /**
   * An option that makes no sense: one that there is none of, an element that is never kept, a script URL that is no URL
   * or has a star for its host, a selector that is none, a listener that is no function, a schema whose answer is a promise.
   *
   * ```ts
   * import { setHtml } from 'bulwark/dom';
   *
   * declare const comment: HTMLElement;
   * // refused: setHtml(comment, markup, { elements: ['iframe'] })
   * setHtml(comment, '<b>x</b>', { elements: ['b', 'i', 'a'] });
   * ```
   */
  'dom/invalid-option': {
    kind: 'misuse',
    message: 'An option is not one that can be used.',
    hint: 'See docs/guards/dom.md.',
  },
  /**
   * The page's `trusted-types` directive does not name the policy, or one of its name exists already. Without the
   * Sanitizer API, `setHtml` parses under a policy of its own, `bulwark-parse`.
   *
   * ```text
   * Content-Security-Policy: require-trusted-types-for 'script'; trusted-types bulwark bulwark-parse default
   * ```
   */
  'dom/policy-refused': {
    kind: 'misuse',
    message: 'The browser did not let this Trusted Types policy be made.',
    hint: 'Name it in the trusted-types directive of the CSP, and make it once.',
  },
} as const;
