/**
 * Which attributes may hold a value, by element and name. The shape is google/safehtml's (template/sanitizers.go); the
 * names are those of the HTML standard's attribute index (https://html.spec.whatwg.org/multipage/indices.html) and
 * SVG 2's (https://www.w3.org/TR/SVG2/attindex.html), and the obsolete ones that browsers keep.
 */

const list = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** A URL that is followed, submitted to, or loaded as an image, a sound or a video. */
export const urlAttributes: ReadonlySet<string> = list(
  'action background cite formaction href icon longdesc poster src usemap hx-delete hx-get hx-patch hx-post hx-put',
);

/** On these, `src`, `href` or `poster` is shown as an image, so that a `data:` URL of a bitmap runs nothing. */
export const imageElements: ReadonlySet<string> = list('img image input video');

/**
 * There or not, whatever the value (HTML standard, 2.3.2). `capture`, `download` and `hidden` take a value besides.
 */
export const booleanAttributes: ReadonlySet<string> = list(
  'allowfullscreen async autofocus autoplay capture checked compact controls default defer disabled ' +
    'disablepictureinpicture download hidden ' +
    'formnovalidate inert ismap itemscope loop multiple muted nohref nomodule noshade novalidate nowrap open ' +
    'playsinline readonly required reversed selected',
);

/** Lists of URLs, or URLs that load code or send data in the background. */
export const refusedUrlAttributes: ReadonlySet<string> = list(
  'archive attributionsrc classid code codebase data dynsrc imagesrcset lowsrc manifest ping profile srcset',
);

/** By element, the attribute whose URL loads code or a document, or is the base of all others. */
export const codeUrls: ReadonlyMap<string, string> = new Map([
  ['base', 'href'],
  ['embed', 'src'],
  ['frame', 'src'],
  ['iframe', 'src'],
  ['link', 'href'],
  ['object', 'data'],
  ['script', 'src'],
]);

/** What decides how the rest of the element is read. */
export const refusedAttributes: ReadonlySet<string> = list(
  'allow attributename credentialless csp from http-equiv integrity is sandbox shadowrootmode to values xmlns ' +
    'by begin end onbegin event language',
);

/** Elements that load or run something, or change how the page works. Only harmless attributes take a hole there. */
export const strictElements: ReadonlySet<string> = list(
  'animate animatemotion animatetransform applet base discard embed feimage fencedframe frame frameset iframe link ' +
    'meta mpath object param portal script set style template use',
);

/** The attributes that take a hole even on a strict element, besides `data-*` and `aria-*`. */
export const harmlessAttributes: ReadonlySet<string> = list(
  'async class defer dir disabled fetchpriority height hidden id itemprop lang loading nonce part role slot tabindex ' +
    'title width',
);

/**
 * By element, what more of it only describes or lays out. Not here: what names a resource or says how it is read (`rel`,
 * `as`, `type` of a script, `charset`), what a policy hangs on (`integrity`, `referrerpolicy`, `sandbox`, `allow`), and
 * names: that of a frame becomes one of the window, and that of a `<meta>` says what its content does.
 */
export const harmlessOn: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['link', list('color crossorigin hreflang imagesizes media sizes type')],
  ['meta', list('media property')],
  ['script', list('crossorigin nomodule')],
  ['style', list('media')],
  ['iframe', list('align allowfullscreen frameborder marginheight marginwidth scrolling')],
  ['use', list('transform x y')],
]);

/** Types of `<link>` that load neither code nor styles (HTML standard, 4.6.7), so that their `href` is a plain URL. */
export const harmlessLinkTypes: ReadonlySet<string> = list(
  'alternate apple-touch-icon author bookmark canonical help icon license me next prev search shortcut shortlink',
);

/**
 * Attributes whose value a client-side framework runs as code, or writes as markup. A value in one of them is a script
 * in all but name.
 */
export const evaluatedAttribute: RegExp = new RegExp(
  [
    // Vue, Alpine, Angular, Lit, Polymer, Svelte.
    /^(?:[@:#*[({.?]|v-|x-|slot-scope$|bind(?:on)?-|(?:on|bind|use):)/,
    // AngularJS takes these signs for one another (its directiveNormalize).
    /^(?:(?:data|x)[-_:])?ng[-_:]/,
    // htmx, and hyperscript.
    /^(?:data-)?hx-(?:on|vals|vars|headers|trigger|request|ext)|^(?:_|(?:data-)?script)$/,
    // Knockout, Datastar, Dojo, Mavo, Unpoly.
    /^data-(?:bind$|on[-:]|signals(?:$|[-:])|computed[-:]|dojo-)|^mv-|^up-(?:on-|(?:watch|content|fragment|document)$)/,
    // Aurelia's binding commands.
    /\.(?:attr|bind|call|capture|class|delegate|for|from-view|one-time|one-way|ref|style|to-view|trigger|two-way)$/,
    // Turbo and rails-ujs give it to `innerHTML`.
    /^data-(?:disable|turbo-submits)-with$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** Names with a colon are of a namespace (`xlink:href`, `xml:base`, `xmlns:x`) or of a framework; these are harmless. */
export const harmlessNamespaced: ReadonlySet<string> = list('xml:lang xml:space xlink:title');
