export interface HtmlDetail {
  'html/not-text': { place: string; type: string };
  'html/markup-too-complex': { limit: string; most: number };
}

export const htmlCodes = {
  /**
   * A hole for text received a plain object, or an array where no list fits. Clients can send either one wherever the
   * server parses a query string or a JSON body (`?q[x]=1`), so this counts as a client error. Lists and JSON that are
   * nested deeper than any page needs are refused with the same code.
   *
   * ```ts
   * import { html } from 'bulwark/html';
   *
   * declare const req: { query: Record<string, any> };
   * html`<p>${req.query.q}</p>`; // Refusal html/not-text for ?q[x]=1
   * ```
   *
   * Read the field you mean, and check its type where the request arrives:
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
    message: 'HTML expected text here and received an object or a list.',
    hint: 'Check the type of the value where the request arrives, or pass one of its fields.',
  },
  /**
   * The markup is too long for the sanitiser, or has more elements, attributes or nesting than a person writes. Parsing it
   * would cost too much time or memory, so the sanitiser stops. The limit `output` applies to the result: escapes and end
   * tags make it longer than the input, and an unclosed link is repeated in every paragraph that follows.
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
    message: 'The markup is too long or too deeply nested for the sanitiser.',
    hint: 'The detail names the limit. Let people upload long documents as files, or split them.',
  },
  /**
   * A URL in a link, a form or an image has a scheme that can run code (`javascript:`, `data:`), or a value would have
   * changed the host or left the path in the template. The page is still rendered, with `about:invalid#bulwark` in place
   * of the URL: one bad link does not take a page down. A value that holds only the slashes of a host, such as `//` in
   * `href="${value}/edit"`, counts as well: static text would become the host.
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
    message: 'An unsafe URL was replaced: it could run code, or lead somewhere other than the template says.',
    hint: 'Find out who stored it. Validate links on input too, so that users learn about mistakes.',
  },
  /**
   * A style record has a property that is not allowed, or a value other than numbers, keywords, colours and functions of
   * these: `url()`, an escape, a second declaration. The page is rendered without that declaration.
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
    message: 'A style declaration was left out, because its property or value is not allowed.',
    hint: 'The evidence names it. Use a class or a SafeStyle for anything that is not on the list.',
  },
  /**
   * Static text is trusted, so it has to come from a template literal in the source code. The tag was called as a
   * function, or with an array that only looks like the one of a template literal.
   *
   * ```text
   * html([`<p>${name}</p>`])     // a string that was concatenated before the tag saw it
   * html`<p>${name}</p>`         // the template literal itself
   * ```
   */
  'html/not-a-template': {
    kind: 'misuse',
    message: 'html was called without a template literal.',
    hint: `Write html\`...\` with the values as \${...}. Markup from elsewhere goes through sanitize(), or through bulwark/unsafe/html with a reason.`,
  },
  /**
   * An attribute value that contains a hole is not quoted. A space in the value would start a new attribute.
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
   * A hole is in the place of an element or attribute name. Escaping cannot make a name safe: `onclick` and `script` are
   * names too.
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
   * For several attributes whose names the application chooses, write `<input ${attrs({ name, value })}>`.
   */
  'html/dynamic-name': {
    kind: 'misuse',
    message: 'A hole is in the place of an element or attribute name.',
    hint: 'Write the name as static text. To show a "<", write "&lt;".',
  },
  /**
   * A hole is in a comment or a doctype. Neither has an escape for the characters that end it.
   *
   * ```text
   * <!-- built ${date} -->           // refused
   * <meta name="built" content="${date}">    // write this, if the page needs the value
   * ```
   */
  'html/hole-in-comment': {
    kind: 'misuse',
    message: 'A hole is in a comment or a doctype, where nothing can be escaped.',
    hint: 'Remove the hole. To leave markup out, use a condition instead of a comment.',
  },
  /**
   * A hole is in a script that the browser runs, or in an attribute that a client-side framework evaluates or writes
   * as markup: `v-*`, `x-*`, `ng-*`, `@click`, `click.trigger`, `hx-on`, `_`, `data-bind` and the like. The right escape
   * depends on the position in the JavaScript grammar, and every tool that guessed it has been bypassed. So a hole is
   * allowed only as a value after `=`, `(`, `,`, `:` or `[`, in a script with no quote, backtick, `/` or `<` before it.
   * Everywhere else, pass data as data:
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
    message: 'A hole is in code that the browser would run.',
    hint: `Start the script with the value, const value = \${...};, in front of any quote, backtick, "/" or "<". Or put it into <script type="application/json" id="data">\${...}</script>, and read it with readJson('data') of bulwark/dom. A whole script is one SafeScript of safeScript\`...\`.`,
  },
  /**
   * A hole is in an `on...` attribute. The browser decodes the attribute and runs the result as a script, so HTML
   * escaping does not help.
   *
   * ```text
   * <button onclick="buy('${id}')">      // refused
   * <button data-id="${id}">             // write this, and add the listener from a script
   * ```
   */
  'html/hole-in-event-handler': {
    kind: 'misuse',
    message: 'A hole is in an event handler, which the browser runs as a script.',
    hint: 'Put the value into a data-* attribute, and add the listener from a script.',
  },
  /**
   * A hole is in a `<style>` or a `style` attribute. A value there could exfiltrate data with selectors and `url()`, or
   * cover the page. Pass a record of allowed properties as the whole `style` instead:
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
    message: 'A hole is in a style.',
    hint: 'Choose between classes of a static style sheet, or give the whole style attribute a record.',
  },
  /**
   * A hole is in an element whose content some parsers read as text and others as markup: `<noscript>`, `<iframe>`,
   * `<xmp>`, `<noembed>`, `<noframes>`, `<plaintext>`. Many sanitisers were bypassed through that difference.
   *
   * ```text
   * <noscript><p>${message}</p></noscript>     // refused
   * <p class="no-js">${message}</p>            // write this, and hide it from a script
   * ```
   */
  'html/hole-in-raw-text': {
    kind: 'misuse',
    message: 'A hole is in an element that parsers read differently.',
    hint: 'Move the hole out of this element, or write its content as static text.',
  },
  /**
   * A hole is in a URL that loads code or a whole document, or that changes the meaning of all other URLs: the source
   * of a script, a frame, an object or a style sheet, or the base of the page. The host in it gets full control of the page.
   *
   * ```text
   * <script src="${file}"></script>                               // refused
   * <script src="${resourceUrl`/assets/${file}`}"></script>       // write this
   * ```
   */
  'html/resource-url': {
    kind: 'misuse',
    message: 'A hole is in a URL that loads code or a document into the page.',
    hint: 'Write the URL as static text, or give the whole attribute a TrustedResourceUrl of resourceUrl`...`.',
  },
  /**
   * A hole is in an attribute that controls how an element behaves: `sandbox`, `http-equiv`, the target of an SVG
   * animation, `ping` and the like. `srcdoc` takes a SafeHtml and nothing else.
   *
   * On `<link>`, `<meta>`, `<script>`, `<style>` and `<iframe>`, descriptive attributes take a value: `media`, `hreflang`,
   * `sizes`, `crossorigin`, `property`, `allowfullscreen`. Attributes that name a resource, say how it is read or grant it
   * a permission take none: `rel`, `as`, `type` of a script, `integrity`, `referrerpolicy`, `name`.
   *
   * ```text
   * <iframe srcdoc="${text}">               // refused
   * <iframe srcdoc="${html`<p>${text}`}">   // write this
   * ```
   */
  'html/unsupported-attribute': {
    kind: 'misuse',
    message: 'This attribute cannot contain a hole.',
    hint: 'Write this attribute as static text.',
  },
  /**
   * The static text before the hole makes every value unsafe: a scheme that runs code (`javascript:`), a scheme without
   * its `//`, or a host name that a value could extend (`https://example.com${path}` and `.evil.net`).
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
    message: 'The text before this hole starts a URL that no value can make safe.',
    hint: 'End the host with a "/" before the hole, or pass the whole URL as one value.',
  },
  /**
   * The text before a hole ends inside a character reference, which the first letters of the value would complete. At the
   * end of a template this is allowed: the "&" is escaped, so that nothing after the template can complete it.
   *
   * ```text
   * R&${letter}        // refused: "D" is fine, "lt;" is a "<"
   * R&amp;${letter}    // write this
   * ```
   */
  'html/half-reference': {
    kind: 'misuse',
    message: 'A hole follows a "&" that may start a character reference.',
    hint: 'Write "&amp;" for a "&".',
  },
  /**
   * The template ends inside a tag, a quote, a comment, a `<script>`, a `<title>` or an `<svg>`. Inserted into another
   * template, it would change the meaning of that one.
   *
   * ```text
   * html`<title>${name}`             // refused
   * html`<title>${name}</title>`     // write this
   * ```
   */
  'html/unfinished-template': {
    kind: 'misuse',
    message: 'The template ends inside something that it opened.',
    hint: 'Close it in the same template.',
  },
  /**
   * The static text of a tag, a comment or a declaration means something else to a browser than to most readers, so that a
   * hole next to it could end up somewhere unexpected. Text that means what it says is accepted, even where the HTML
   * standard calls it a parse error: `a < b`, `R&D`, `<p/>`. Elements may be nested 512 deep.
   *
   * ```text
   * <a href="/a"title="b">                   // refused: no space between attributes
   * <p class="a" class="b">                  // refused: the second one is ignored
   * <!-- a --!>                              // refused: it ends the comment, too
   * <noscript><p title="</noscript>          // refused: without scripting, the <noscript> continues after it
   * <![CDATA[ a ]]>, <?xml ?>                // refused: HTML reads a comment
   * ```
   */
  'html/malformed-template': {
    kind: 'misuse',
    message: 'The template contains text that a parser reads differently than people do.',
    hint: 'Write it as the HTML standard requires.',
  },
  /**
   * Parsers follow other rules inside `<svg>` and `<math>`. Content there must be well-formed and contain no HTML elements,
   * and only markup built that way can be inserted.
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
    message: 'This content does not fit inside <svg> or <math>.',
    hint: 'Close every element inside, and keep HTML elements out.',
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
   * - `<select>`: `<option>`, `<optgroup>`, `<hr>`, `<button>` and `<legend>`; other markup goes inside an `<option>`
   *
   * The content of a `<noscript>` counts as markup too, because it is markup where scripts are off. Behind `</head>`, a
   * `<noscript>` opens the body, so metadata behind it is refused. So is a policy in a `<meta>` of the body, which browsers
   * ignore.
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
   * Markup belongs in element text. In an attribute, a `<title>` or a `<textarea>` it would appear as source code.
   *
   * ```text
   * <img alt="${html`<b>cat</b>`}">     // refused
   * <img alt="${'cat'}">                // write this
   * ```
   */
  'html/markup-outside-text': {
    kind: 'misuse',
    message: 'This hole takes text and received a SafeHtml.',
    hint: 'Pass the plain text from which the markup was built.',
  },
  /**
   * A hole received a function, a symbol, a Date, a Map or another object that no client can send, or a promise outside
   * element text or within JSON. There is no obvious text for such a value.
   *
   * Element text takes sets, generators and other iterables. Attributes take one text.
   *
   * ```text
   * html`<p title="${fetchName()}">`           // refused: a promise
   * html`<p title="${await fetchName()}">`     // write this
   * html`<p>${new Date()}</p>`                 // refused: in which format?
   * html`<p>${date.toLocaleDateString()}</p>`  // write this
   * ```
   */
  'html/invalid-value': {
    kind: 'misuse',
    message: 'HTML cannot show this value.',
    hint: 'Pass a string, a number, an array of these, or SafeHtml.',
  },
  /**
   * `render` returns a string immediately, but this page waits for a promise or an async iterable.
   *
   * ```ts
   * import { html, htmlResponse, render } from 'bulwark/html';
   *
   * declare const name: Promise<string>;
   * // refused: render(html`<p>${name}</p>`)
   * render(html`<p>${await name}</p>`);
   * htmlResponse(html`<p>${name}</p>`); // streamed: the markup before the promise is sent while it is pending
   * ```
   */
  'html/late-value': {
    kind: 'misuse',
    message: 'render() cannot wait for a promise or an async iterable.',
    hint: 'Await the value before the template, or stream the page with htmlResponse(page) or renderToStream(page).',
  },
  /**
   * `safeUrl`, `resourceUrl`, `safeScript` and `safeStyle` turn a literal into a trusted value. This literal breaks the
   * promise of the type: a `javascript:` URL, a URL whose origin depends on a value, a script that contains `</script`.
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
    message: 'This literal would break the guarantee of its type.',
    hint: 'Write the scheme, the host and the slash after it as static text. For anything else, use bulwark/unsafe/html.',
  },
  /**
   * `render` takes only SafeHtml, which the tag, the sanitiser and `trustedHtml` make. A string is not SafeHtml, and neither
   * is an object with the same shape.
   *
   * ```ts
   * import { html, render } from 'bulwark/html';
   *
   * render(html`<p>${'text'}</p>`); // '<p>text</p>'
   * ```
   */
  'html/not-safe-html': {
    kind: 'misuse',
    message: 'render() takes the result of html`...`, sanitize() or trustedHtml().',
    hint: `Write html\`\${text}\` for text, and sanitize(markup, ...) for markup from elsewhere.`,
  },
  /**
   * A SafeHtml was converted to a string without `render`: with `+`, in an untagged template, by `String()` or by
   * `JSON.stringify`. The string would no longer be known to be safe, and later code would escape or edit it.
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
    message: 'A SafeHtml was converted to a string by accident.',
    hint: 'Call render(page) for the response. To join markup, insert it into another html`...`.',
  },
  /**
   * Markup that is trusted without a check needs a reason, in production too. Reviewers read it, and `bulwark scan` lists
   * it.
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
    message: 'Functions of bulwark/unsafe/html take a string and a reason of at least 10 characters.',
    hint: "Say who makes this text, and why no visitor's text is in it: { because: '...' }.",
  },
} as const;
