export interface HtmlDetail {
  'html/not-text': { place: string; type: string };
  'html/markup-too-complex': { limit: string; most: number };
}

export const htmlCodes = {
  /**
   * A hole for text was given a plain object, or an array where there is no list. A client can send one wherever a
   * query string or a JSON body is parsed (`?q[x]=1`), so this is a client's error. It also stands for lists that are
   * nested, or JSON that is nested, deeper than anything on a page is.
   *
   * ```ts
   * import { html } from 'bulwark/html';
   *
   * declare const req: { query: Record<string, any> };
   * html`<p>${req.query.q}</p>`; // Refusal html/not-text for ?q[x]=1
   * ```
   *
   * Read the field that you mean, and check its type where the request comes in:
   *
   * ```ts
   * import { html } from 'bulwark/html';
   *
   * declare const req: { query: Record<string, unknown> };
   * html`<p>${typeof req.query.q === 'string' ? req.query.q : ''}</p>`;
   * ```
   */
  'html/not-text': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'An object or a list was given where HTML takes text.',
    hint: 'Check the type of the value where the request comes in, or give the hole one of its fields.',
  },
  /**
   * Markup for the sanitiser is longer, or has more elements, attributes or open elements, than any text that a person
   * writes. Parsing on would cost time or memory out of proportion, so it stops. The limit `output` is that of what is
   * written: escapes and end tags make it longer, and an unclosed link is repeated in each paragraph that follows.
   *
   * ```ts
   * import { sanitize } from 'bulwark/html';
   *
   * sanitize('<b>'.repeat(100_000), 'comment'); // Refusal html/markup-too-complex
   * ```
   */
  'html/markup-too-complex': {
    kind: 'refusal',
    status: 413,
    severity: 'medium',
    cwe: 400,
    owasp: 'A06:2025',
    message: 'Markup was refused, because it is longer or more deeply nested than the sanitiser parses.',
    hint: 'The detail names the limit. Let people upload long documents as files, or split them.',
  },
  /**
   * A URL in a link, a form or an image has a scheme that could run something (`javascript:`, `data:`), or a value
   * would have changed the host or climbed out of the path that the template gives. The page is rendered, with
   * `about:invalid#bulwark` in the URL's place: one bad link does not take a page down.
   *
   * ```ts
   * import { html, render } from 'bulwark/html';
   *
   * const link: string = 'javascript:alert(1)';
   * render(html`<a href="${link}">site</a>`); // '<a href="about:invalid#bulwark">site</a>'
   * ```
   */
  'html/unsafe-url': {
    kind: 'notice',
    severity: 'medium',
    cwe: 79,
    owasp: 'A05:2025',
    message:
      'A URL was left out of a page, because following it could run code or lead somewhere else than meant.',
    hint: 'Find out who stored it. Check links where they come in as well, so that people learn of a mistake.',
  },
  /**
   * A record of styles has a property that is not on the list, or a value that is more than numbers, names, colours and
   * functions of these: `url()`, an escape, a second declaration. The page is rendered without it.
   *
   * ```ts
   * import { html, render } from 'bulwark/html';
   *
   * const color: string = 'red;background:url(//evil.example)';
   * render(html`<p style="${{ color, width: '40%' }}">`); // '<p style="width:40%">'
   * ```
   */
  'html/unsafe-style': {
    kind: 'notice',
    severity: 'low',
    cwe: 79,
    owasp: 'A05:2025',
    message:
      'A declaration was left out of a style, because its property or its value is not an allowed one.',
    hint: 'The evidence names it. What the list lacks can go into a class, or into a SafeStyle.',
  },
  /**
   * Static text is trusted, so it has to come from a template literal in the code. The tag was called as a function,
   * or with an array that only looks like a template's.
   *
   * ```text
   * html([`<p>${name}</p>`])     // a string that was put together before the tag saw it
   * html`<p>${name}</p>`         // the template literal itself
   * ```
   */
  'html/not-a-template': {
    kind: 'misuse',
    message: 'html was called without a template literal.',
    hint: `Write html\`...\` with the values as \${...}. Markup from elsewhere goes through sanitize(), or through bulwark/unsafe/html with a reason.`,
  },
  /**
   * An attribute value with a hole has no quotes around it, so that a space in the value would start a new attribute.
   *
   * ```text
   * <a href=${link}>      // refused
   * <a href="${link}">    // write this
   * ```
   */
  'html/unquoted-attribute': {
    kind: 'misuse',
    message: 'An attribute value with a hole must be quoted.',
    hint: 'Put double quotes around the value.',
  },
  /**
   * A hole stands where the name of an element or an attribute belongs. No escaping makes a name safe: `onclick` and
   * `script` are names too.
   *
   * ```ts
   * import { html } from 'bulwark/html';
   *
   * declare const level: number;
   * const title = 'Prices';
   * // refused: <h${level}> and <input ${checked ? 'checked' : ''}>
   * const heading = level === 1 ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`;
   * html`${heading}<input type="checkbox" checked="${level > 1}">`;
   * ```
   *
   * Several attributes at once, whose names the application decides on, are `<input ${attrs({ name, value })}>`.
   */
  'html/dynamic-name': {
    kind: 'misuse',
    message: 'A hole stands where the name of an element or an attribute belongs.',
    hint: 'Write the name as static text. To show a "<", write "&lt;".',
  },
  /**
   * A comment, or a doctype, has no escape for what ends it.
   *
   * ```text
   * <!-- built ${date} -->           // refused
   * <meta name="built" content="${date}">    // write this, where the value has a use
   * ```
   */
  'html/hole-in-comment': {
    kind: 'misuse',
    message: 'A hole stands in a comment or a doctype, where nothing can be escaped.',
    hint: 'Remove the hole. To switch markup off, leave the template out with a condition.',
  },
  /**
   * A hole stands in a script that the browser runs, or in an attribute that a client-side framework runs, or writes as
   * markup: `v-*`, `x-*`, `ng-*`, `@click`, `click.trigger`, `hx-on`, `_`, `data-bind` and the like. Escaping
   * for JavaScript depends on where in the language the hole is, and every tool that tried has had holes of its own.
   * So a hole stands there only as a value, behind `=`, `(`, `,`, `:` or `[`, in a script that has no quote, backtick,
   * `/` and `<` before it. Everywhere else, hand data over as data:
   *
   * ```ts
   * import { html } from 'bulwark/html';
   *
   * declare const user: { name: string };
   * html`<script>const user = ${user};</script>`;
   * html`<script type="application/json" id="user">${user}</script>
   * <script>
   *   const user = JSON.parse(document.getElementById('user').textContent);
   * </script>`;
   * ```
   */
  'html/hole-in-script': {
    kind: 'misuse',
    message: 'A hole stands in code that the browser would run.',
    hint: `Start the script with the value, const value = \${...};, in front of any quote, backtick, "/" or "<". Or put it into <script type="application/json" id="data">\${...}</script>, and read it with readJson('data') of bulwark/dom. A whole script is one SafeScript of safeScript\`...\`.`,
  },
  /**
   * A hole stands in an `on...` attribute, which is a script: the browser undoes the escaping and runs what is left.
   *
   * ```text
   * <button onclick="buy('${id}')">      // refused
   * <button data-id="${id}">             // write this, and add the listener from a script
   * ```
   */
  'html/hole-in-event-handler': {
    kind: 'misuse',
    message: 'A hole stands in an event handler, which the browser runs as a script.',
    hint: 'Put the value into a data-* attribute, and add the listener from a script.',
  },
  /**
   * A hole stands in a `<style>` or a `style` attribute. A value there can send what is on the page elsewhere, by
   * selectors and `url()`, and can cover the page. A record of allowed properties can stand for a whole `style`:
   *
   * ```ts
   * import { html } from 'bulwark/html';
   *
   * declare const colour: string;
   * declare const kind: string;
   * // refused: style="color: ${colour}"
   * html`<p style="${{ color: colour }}">`;
   * html`<p class="${kind}">`;
   * ```
   */
  'html/hole-in-style': {
    kind: 'misuse',
    message: 'A hole stands in a style.',
    hint: 'Choose between classes of a static style sheet, or give the whole style attribute a record.',
  },
  /**
   * A hole stands in an element whose content is text to one parser and markup to another: `<noscript>`, `<iframe>`,
   * `<xmp>`, `<noembed>`, `<noframes>`, `<plaintext>`. Many a sanitiser was bypassed through the difference.
   *
   * ```text
   * <noscript><p>${message}</p></noscript>     // refused
   * <p class="no-js">${message}</p>            // write this, and hide it from a script
   * ```
   */
  'html/hole-in-raw-text': {
    kind: 'misuse',
    message: 'A hole stands in an element whose content parsers disagree on.',
    hint: 'Move the hole out of this element, or write its content as static text.',
  },
  /**
   * A hole stands in a URL that loads code or a whole document, or that changes what all other URLs mean: the source
   * of a script, a frame, an object, a style sheet, the base of the page. Any host in it is trusted with the page.
   *
   * ```text
   * <script src="${file}"></script>                               // refused
   * <script src="${resourceUrl`/assets/${file}`}"></script>       // write this
   * ```
   */
  'html/resource-url': {
    kind: 'misuse',
    message: 'A hole stands in a URL that loads code or a document into the page.',
    hint: 'Write the URL as static text, or give the whole attribute a TrustedResourceUrl of resourceUrl`...`.',
  },
  /**
   * A hole stands in an attribute that decides how its element, or another one, is read: `sandbox`, `http-equiv`, the
   * target of an SVG animation, `ping` and the like. `srcdoc` takes a SafeHtml, and nothing else.
   *
   * On `<link>`, `<meta>`, `<script>`, `<style>` and `<iframe>`, what only describes takes a value: `media`, `hreflang`,
   * `sizes`, `crossorigin`, `property`, `allowfullscreen`. What names a resource, says how it is read or what it may do
   * takes none: `rel`, `as`, `type` of a script, `integrity`, `referrerpolicy`, `name`.
   *
   * ```text
   * <iframe srcdoc="${text}">               // refused
   * <iframe srcdoc="${html`<p>${text}`}">   // write this
   * ```
   */
  'html/unsupported-attribute': {
    kind: 'misuse',
    message: 'A hole stands in an attribute that takes none.',
    hint: 'Write this attribute as static text.',
  },
  /**
   * The static text in front of a hole leaves no value that is safe: a scheme that is not followed (`javascript:`), a
   * scheme without its `//`, or a host name that a value could go on with (`https://example.com${path}` and
   * `.evil.net`).
   *
   * ```ts
   * import { html } from 'bulwark/html';
   *
   * declare const path: string;
   * // refused: href="https://example.com${path}"
   * html`<a href="https://example.com/${path}">one segment of the path</a>
   *      <a href="${new URL(path, 'https://example.com/docs/')}">a whole URL</a>`;
   * ```
   */
  'html/unsafe-url-prefix': {
    kind: 'misuse',
    message: 'The text before this hole starts a URL that no value makes safe.',
    hint: 'End the host with a "/" before the hole, or give the attribute one hole for the whole URL.',
  },
  /**
   * The text before a hole ends within a character reference, which would take in the first letters of the value. At the
   * end of a template it is taken, and written out, so that nothing behind the template goes on with it.
   *
   * ```text
   * R&${letter}        // refused: "D" is fine, "lt;" is a "<"
   * R&amp;${letter}    // write this
   * ```
   */
  'html/half-reference': {
    kind: 'misuse',
    message: 'A hole follows a "&" that may be the start of a character reference.',
    hint: 'Write "&amp;" for a "&".',
  },
  /**
   * A template does not end in element text: a tag, a quote, a comment, a `<script>`, a `<title>` or an `<svg>` is
   * still open. Spliced into another template, it would change what that one means.
   *
   * ```text
   * html`<title>${name}`             // refused
   * html`<title>${name}</title>`     // write this
   * ```
   */
  'html/unfinished-template': {
    kind: 'misuse',
    message: 'A template ends inside of something that it opened.',
    hint: 'Close it in the same template.',
  },
  /**
   * Static text in a tag, a comment or a declaration that browsers agree on and people do not, so that a hole next to it
   * could land somewhere else than it seems to. Text that means what it seems to is taken, also where the HTML standard
   * calls it a parse error: `a < b`, `R&D`, `<p/>`.
   *
   * ```text
   * <a href="/a"title="b">                   // refused: no space between attributes
   * <p class="a" class="b">                  // refused: the second one is ignored
   * <!-- a --!>                              // refused: it ends the comment all the same
   * <noscript><p title="</noscript>          // refused: without scripting, the <noscript> goes on behind it
   * <![CDATA[ a ]]>, <?xml ?>                // refused: HTML reads a comment
   * ```
   */
  'html/malformed-template': {
    kind: 'misuse',
    message: 'A template holds text that readers and parsers take for different things.',
    hint: 'Write it as the HTML standard has it.',
  },
  /**
   * Inside `<svg>` and `<math>` a parser follows other rules. Templates there are well-formed, hold no HTML elements,
   * and take only markup that was built in the same way.
   *
   * ```ts
   * import { html } from 'bulwark/html';
   *
   * declare const points: { x: number; y: number; label: string }[];
   * html`<svg viewBox="0 0 10 10">${points.map(
   *   (p) => html`<circle cx="${p.x}" cy="${p.y}" r="1"><title>${p.label}</title></circle>`,
   * )}</svg>`;
   * ```
   */
  'html/foreign-content': {
    kind: 'misuse',
    message: 'Something stands inside <svg> or <math> that does not fit there.',
    hint: 'Close every element in there, and keep HTML elements out.',
  },
  /**
   * Content stands where an HTML parser would not leave it. Text in a `<table>` is moved in front of the table; text in a
   * `<head>` ends the head, so that a `<meta http-equiv="Content-Security-Policy">` behind it lands in the body and is
   * ignored; a `<div>` ends the `<p>` around it. Holes in such places take only markup that fits:
   *
   * - `<head>`, and a hole in front of one: metadata that the `html` tag built (`<title>`, `<meta>`, `<link>`, `<script>`, `<style>`)
   * - `<table>`, `<thead>`, `<tbody>`, `<tfoot>`, `<tr>`, `<colgroup>`: the rows, cells and columns of that place, built
   *   by the `html` tag, each with its end tag
   * - `<p>`, `<a>`, `<button>`, `<form>`, `<li>`, headings and `<option>`: nothing that ends them
   *
   * Nothing is written for `null`, `undefined` and `false`, and an empty string is fine. Sanitised markup is refused
   * wherever its preset allows an element that does not fit.
   *
   * ```ts
   * import { html, sanitize } from 'bulwark/html';
   *
   * declare const rows: string[];
   * declare const bio: string;
   * // refused: <table>${rows.length && html`<tr>...`}</table>, which shows 0 for an empty list
   * html`<table>${rows.map((row) => html`<tr><td>${row}</td></tr>`)}</table>`;
   * // refused: <p>${sanitize(bio, 'comment')}</p>
   * html`<div>${sanitize(bio, 'comment')}</div>`;
   * ```
   *
   * Static text that a parser moves out of a table is refused too.
   */
  'html/misplaced-content': {
    kind: 'misuse',
    message: 'An HTML parser would move this content, or what follows it, to another place.',
    hint: 'Give the hole markup that fits there, built with the html tag, or move the hole.',
  },
  /**
   * Markup belongs into element text. In an attribute, a `<title>` or a `<textarea>` it would show as source text.
   *
   * ```text
   * <img alt="${html`<b>cat</b>`}">     // refused
   * <img alt="${'cat'}">                // write this
   * ```
   */
  'html/markup-outside-text': {
    kind: 'misuse',
    message: 'A SafeHtml was given to a hole that takes text.',
    hint: 'Give this hole the plain text, before it was made into markup.',
  },
  /**
   * A function, a symbol, a Date, an iterator or another object that no client can send was given to a hole, or a promise
   * outside of element text, also within JSON. Nothing it could be turned into is what was meant.
   *
   * ```text
   * html`<p title="${fetchName()}">`           // refused: a promise
   * html`<p title="${await fetchName()}">`     // write this
   * html`<p>${names.values()}</p>`             // refused: an iterator
   * html`<p>${[...names.values()]}</p>`        // write this
   * ```
   */
  'html/invalid-value': {
    kind: 'misuse',
    message: 'A value was given to a hole that HTML cannot show.',
    hint: 'Give the hole a string, a number, an array of these, or SafeHtml.',
  },
  /**
   * `render` gives a string at once, and this page waits for a promise or an async iterable.
   *
   * ```ts
   * import { html, htmlResponse, render } from 'bulwark/html';
   *
   * declare const name: Promise<string>;
   * // refused: render(html`<p>${name}</p>`)
   * render(html`<p>${await name}</p>`);
   * htmlResponse(html`<p>${name}</p>`); // streamed: what stands in front of it is sent while it is awaited
   * ```
   */
  'html/late-value': {
    kind: 'misuse',
    message: 'A page that waits for a promise or an async iterable was rendered at once.',
    hint: 'Await the value before the template, or stream the page with htmlResponse(page) or renderToStream(page).',
  },
  /**
   * `safeUrl`, `resourceUrl`, `safeScript` and `safeStyle` make a trusted value of a literal, and this one is not what
   * the type promises: a `javascript:` URL, a URL whose origin a value would decide on, a script that holds `</script`.
   *
   * ```ts
   * import { resourceUrl } from 'bulwark/html';
   *
   * declare const host: string;
   * declare const file: string;
   * // refused: resourceUrl`https://${host}/app.js`
   * resourceUrl`https://cdn.example.com/${file}`;
   * ```
   */
  'html/unsafe-literal': {
    kind: 'misuse',
    message: 'A literal cannot be what its tag promises.',
    hint: 'Write scheme, host and the slash behind it as static text. For anything else there is bulwark/unsafe/html.',
  },
  /**
   * `render` was given something that the tag, the sanitiser and `trustedHtml` did not make. A string is not markup
   * by itself, and an object that looks like SafeHtml is none.
   *
   * ```ts
   * import { html, render } from 'bulwark/html';
   *
   * render(html`<p>${'text'}</p>`); // '<p>text</p>'
   * ```
   */
  'html/not-safe-html': {
    kind: 'misuse',
    message: 'render() takes what html`...`, sanitize() or trustedHtml() gave.',
    hint: `Write html\`\${text}\` for text, and sanitize(markup, ...) for markup from elsewhere.`,
  },
  /**
   * A SafeHtml was turned into a string without `render`: by `+`, by an untagged template, by `String()` or by
   * `JSON.stringify`. The string would no longer say that it is safe, and would be escaped, or edited, later on.
   *
   * ```ts
   * import { html, render } from 'bulwark/html';
   *
   * declare const res: { send(body: string): void };
   * const page = html`<p>${'text'}</p>`;
   * res.send(render(page)); // not `${page}`, and not res.send(page)
   * ```
   */
  'html/implicit-string': {
    kind: 'misuse',
    message: 'A SafeHtml was turned into a string by accident.',
    hint: 'Call render(page) for the response. To join markup, put it into another html`...`.',
  },
  /**
   * Markup that is trusted without being looked at needs a reason, also in production: it is what a reviewer reads,
   * and what `bulwark scan` lists.
   *
   * ```ts
   * import { trustedHtml } from 'bulwark/unsafe/html';
   *
   * declare const page: string;
   * trustedHtml(page, { because: 'Built by our own Markdown renderer, which drops raw HTML.' });
   * ```
   */
  'html/missing-reason': {
    kind: 'misuse',
    message: 'A door of bulwark/unsafe/html takes a string, and a reason of at least 10 characters.',
    hint: "Say who makes this text, and why no visitor's text is in it: { because: '...' }.",
  },
} as const;
