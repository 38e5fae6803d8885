export interface DomDetail {
  'dom/not-text': { place: string; type: string };
  'dom/markup-too-complex': { limit: string; most: number };
  'dom/not-json': { id: string; reason: 'missing' | 'not-a-script' | 'ambiguous' | 'syntax' | 'schema' };
  'dom/script-refused': { kind: 'text' | 'url' | 'markup'; value: string };
}

/** Errors of `bulwark/dom` carry only these codes, to keep it small. The sentences are on the codes' pages. */
export const domCodes = {
  /**
   * An object or an array was passed where text is expected. The data has another shape than the code expects, for example a
   * field of a JSON response.
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
    message: 'An object was passed where text is expected.',
    hint: 'Check the shape of the data, or pass one of its fields.',
  },
  /**
   * The markup for `setHtml` is longer, or has more tags or nodes, than anything that a person writes. Parsing it could freeze the
   * page.
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
    message: 'The markup is too long or has too many nodes.',
    hint: 'Limit the length of what users can write, or show only a part.',
  },
  /**
   * `readJson` found no `<script type="application/json">` with this id, or found several, or its content is not valid JSON or
   * doesn't match the schema. Another element with the same id is never used instead: someone who can write
   * `<div id="user">` into a page must not be able to supply the page's data.
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
    message: 'The page has no JSON script with this id, or its content is not what the code expects.',
    hint: 'Look at detail.reason. Write the script with the html tag, only once, and with the same id.',
  },
  /**
   * Under a Trusted Types policy of `bulwark/dom`, a string was about to become a script: the text of a script, the code of an
   * event handler or of `eval`, or a script URL that is not on the list. In the mode `refuse`, markup is refused too.
   *
   * ```ts
   * import { installDefaultPolicy } from 'bulwark/dom';
   *
   * installDefaultPolicy({ scriptUrls: ['/assets/'] });
   * const script = document.createElement('script');
   * script.src = '/assets/chart.js'; // allowed
   * script.src = 'https://evil.example/x.js'; // dom/script-refused
   * ```
   */
  'dom/script-refused': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 79,
    owasp: 'A05:2025',
    message: 'A string that would have become a script was refused.',
    hint: 'Add a trusted URL to scriptUrls. Text never becomes code: pass data as JSON, and callbacks as functions.',
  },
  /**
   * This attribute runs or loads something, or its value is not plain text: `onclick`, `style`, `srcdoc`, the source of a script
   * or a frame, or an attribute that a framework evaluates. No value from data is safe there.
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
    message: 'This attribute must not be set from data.',
    hint: 'Use data-* for data, on() for events, classes for styles, and static markup for anything that loads code.',
  },
  /**
   * The content of this element is not text or markup that the page shows: a `<script>`, `<style>` or `<template>`.
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
    message: 'The content of this element is code, or is not parsed as ordinary text.',
    hint: 'Use an element that shows its content.',
  },
  /**
   * An unknown option, or a value that cannot work: an element that is never kept, a script URL that is invalid or has a wildcard
   * host, an invalid selector, a listener that is not a function, or an asynchronous schema.
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
    message: 'An option is unknown, or has a value that is not accepted.',
    hint: 'The message names the option. docs/guards/dom.md lists them all.',
  },
  /**
   * The page's `trusted-types` directive does not list the policy, or a policy with this name already exists. In browsers without
   * the Sanitizer API, `setHtml` needs a policy of its own, `bulwark-parse`.
   *
   * ```text
   * Content-Security-Policy: require-trusted-types-for 'script'; trusted-types bulwark bulwark-parse default
   * ```
   */
  'dom/policy-refused': {
    kind: 'misuse',
    message: 'The browser did not allow this Trusted Types policy to be created.',
    hint: 'List it in the trusted-types directive of the CSP, and create it only once.',
  },
} as const;
