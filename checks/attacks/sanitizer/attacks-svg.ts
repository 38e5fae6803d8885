import { type Attack, attacks } from './case.ts';

const picture = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">${inside}</svg>`;
const turns = '<path d="M0 0h5v5h5v5h5v5h5v5"/>';
const more = [1, 2, 3];
const paints = `<pattern id="p0" width=".5" height=".5"><rect width="9" height="9"/></pattern>`;
const shape = '<rect width="9" height="9"/>';

export const svg: readonly Attack[] = attacks(
  'svg',
  Object.fromEntries(
    Object.entries({
      script:
        '<script>alert(1)</script><script href="@@/canary/s1"/><script xlink:href="@@/canary/s2"/><script type="text/ecmascript"><![CDATA[alert(1)]]></script>',
      handlers:
        '<g onload="alert(1)" onbegin="alert(1)" onend="alert(1)" onrepeat="alert(1)" onclick="alert(1)" onfocusin="alert(1)" onactivate="alert(1)"><path d="M0 0" onmouseover=alert(1) tabindex=0 autofocus onfocus=alert(1)></path></g>',
      foreignObject:
        '<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"><img src=x onerror=alert(1)><iframe srcdoc="<script>parent.alert(1)</script>"></iframe></body></foreignObject>',
      'prefixed names':
        '<svg:script>alert(1)</svg:script><svg:rect onclick="alert(1)"/><html:img src=x onerror=alert(1) /><x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
      'animate href':
        '<a><animate attributeName="href" values="javascript:alert(1)"/><animate attributeName=xlink:href to=javascript:alert(1) begin=0s /><text>x</text></a>',
      'animate by href':
        '<animate xlink:href="#x" attributeName="href" values="javascript:alert(1);https://a.test/"/><a id="x" href="https://a.test/"><rect width="9" height="9"/></a>',
      'set handler':
        '<set attributeName="onmouseover" to="alert(1)"/><rect><set attributeName="onclick" to="alert(1)" begin="0s"/></rect>',
      'set style':
        '<rect width="9" height="9"><set attributeName="fill" to="url(@@/canary/set)"/><animateTransform attributeName="transform" type="scale" to="999"/><animateMotion path="M0 0h999"/><mpath href="#x"/></rect>',
      discard: '<discard begin="0s" href="#x"/>',
      link: '<a href="javascript:alert(1)"><text y="9">x</text></a><a xlink:href="javascript:alert(1)" target="_top"><rect width="9" height="9"/></a>',
      'use external':
        '<use href="@@/canary/use.svg#x"/><use xlink:href="@@/canary/use2.svg#x"/><use href="//127.0.0.1/canary/use3#x"/><use href="/canary/use4#x"/><use href="canary#x"/><use href="?canary#x"/>',
      'use of data': `<use href="data:image/svg+xml;base64,PHN2ZyBpZD0ieCIgeG1sbnM9Imh0dHA6Ly93d3cudzMub3JnLzIwMDAvc3ZnIj48c2NyaXB0PmFsZXJ0KDEpPC9zY3JpcHQ+PC9zdmc+#x"/>`,
      'use by javascript':
        '<use href="javascript:alert(1)"/><use href=" #x"/><use href="&#9;#x"/><use href=""/><use href="#"/>',
      'use of the page': '<use href="#login"/><use xlink:href="#config"/>',
      'use both attributes':
        '<use href="#x" xlink:href="@@/canary/both#x"/><use xlink:href="#x" href="@@/canary/both2#x"/><rect id="x" width="1" height="1"/>',
      'use of an XLink of another prefix':
        '<use xmlns:y="http://www.w3.org/1999/xlink" y:href="@@/canary/prefix#x"/>',
      image:
        '<image href="@@/canary/image"/><image xlink:href="@@/canary/image2" width="9" height="9" onerror="alert(1)"/><img src="@@/picture">',
      feImage:
        '<filter id="f"><feImage href="@@/canary/feimage"/><feImage xlink:href="@@/canary/feimage2"/></filter><rect width="9" height="9" filter="url(#f)"/>',
      'filter external': `<rect width="9" height="9" filter="url(@@/canary/filter#f)"/><rect width="9" height="9" style="filter:url(@@/canary/filter2#f)"/>`,
      'paint external': `<rect width="9" height="9" fill="url(@@/canary/fill#a)" stroke="url('@@/canary/stroke#a')"/><rect fill="url(&quot;@@/canary/fill2#a&quot;) red"/>`,
      'paint by escapes': `<rect width="9" height="9" fill="u\\72l(@@/canary/fill3#a)" mask="\\75rl(@@/canary/mask4#a)" clip-path="url/**/(@@/canary/c#a)"/>`,
      'paint by src and image-set': `<rect width="9" height="9" fill="src('@@/canary/src#a')" mask="image-set('@@/canary/mis' 1x)" cursor="url(@@/canary/cursor),auto"/>`,
      'mask clip marker external': `<g mask="url(@@/canary/mask)" clip-path="url(@@/canary/clip#x)"><path d="M0 0h9" marker-start="url(@@/canary/ms#x)" marker-mid="url(@@/canary/mm#x)" marker-end="url(@@/canary/me#x)" marker="url(@@/canary/m#x)"/></g>`,
      'mask with two layers': `<rect width="9" height="9" mask="url(#x), url(@@/canary/mask2)" style="mask:url(#x),url(@@/canary/mask3)"/>`,
      'reference with a base': `<g xml:base="@@/canary/base/"><use href="#x"/><rect fill="url(#a)" width="9" height="9"/></g>`,
      'xml attributes': `<g xml:space="preserve" xml:lang="en" xml:id="x" xml:base="javascript:alert(1)" xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">${shape}</g>`,
      'handler elements':
        '<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">alert(1)</handler><listener event="load" handler="#x"/>',
      'style element':
        '<style>@import url(@@/canary/import);*{fill:url(@@/canary/style)}@font-face{font-family:x;src:url(@@/canary/face)}</style><style><![CDATA[*{background:url(@@/canary/cdata)}]]></style>',
      'style attribute':
        '<rect width="9" height="9" style="fill:url(@@/canary/st);background:url(@@/canary/sb);position:fixed;cursor:url(@@/canary/sc),auto;transform:scale(99)"/>',
      'style on the root': '<g style="position:fixed;inset:0;z-index:9;animation:x;overflow:visible"></g>',
      'css in attributes': `<text font-family="x;src:url(@@/canary/tf)" font-size="9&quot; onload=&quot;alert(1)">x</text>`,
      fonts: `<font-face font-family="x"><font-face-src><font-face-uri xlink:href="@@/canary/fontface"/></font-face-src></font-face><font><glyph d="M0 0"/></font><glyphRef xlink:href="@@/canary/gr"/>`,
      'colour profile and cursor':
        '<color-profile xlink:href="@@/canary/cp"/><cursor xlink:href="@@/canary/cur"/><tref xlink:href="@@/canary/tref"/><altGlyph xlink:href="@@/canary/ag">x</altGlyph>',
      'textPath and view':
        '<textPath href="@@/canary/tp#x">t</textPath><view id="v"/><mpath xlink:href="@@/canary/mp"/>',
      'gradient href':
        '<linearGradient id="a" href="@@/canary/lg#a" xlink:href="@@/canary/lg2#a"/><radialGradient xlink:href="@@/canary/rg#a"/><pattern href="@@/canary/pt#a"/>',
      media:
        '<video xmlns="http://www.w3.org/1999/xhtml" src="@@/canary/v"/><audio src=x onerror=alert(1) /><iframe src="javascript:parent.alert(1)"/><object data="@@/canary/o"/><embed src="@@/canary/e"/>',
      'switch and requiredExtensions':
        '<switch><foreignObject requiredExtensions="http://www.w3.org/1999/xhtml"><img src=x onerror=alert(1)></foreignObject></switch>',
      'cdata breaks out': '<![CDATA[</svg><img src=x onerror=alert(1)>]]>',
      'title breaks out':
        '<title></svg><img src=x onerror=alert(1)></title><desc><img src=x onerror=alert(1)></desc><title><style><a title="</style><img src=x onerror=alert(1)>"></title>',
      'html within breaks out': '<p>a</p><img src=x onerror=alert(1)>',
      metadata: '<metadata><rdf:RDF><img src=x onerror=alert(1)></rdf:RDF></metadata>',
      'ids in other cases':
        '<rect ID="x" Id="y" iD="z" width="9"/><use HREF="@@/canary/case#x" XLINK:HREF="@@/canary/case2#x"/>',
      'class and data':
        '<g class="modal" data-x="1" role="button" tabindex="0" aria-label="x" lang="x"><rect/></g>',
      'nested use bomb': `<defs>${Array.from({ length: 12 }, (_, i) => `<g id="g${i}">${i === 0 ? shape : `<use href="#g${i - 1}"/>`.repeat(10)}</g>`).join('')}</defs><use href="#g11"/>`,
      'pattern bomb': `<defs>${Array.from({ length: 9 }, (_, i) => `<pattern id="p${i}" width="1" height="1"><rect width="9" height="9" fill="${i === 0 ? 'red' : `url(#p${i - 1})`}"/>${`<rect width="9" height="9" fill="url(#p${Math.max(0, i - 1)})"/>`.repeat(9)}</pattern>`).join('')}</defs><rect width="9" height="9" fill="url(#p8)"/>`,
      'mask bomb': `<defs>${Array.from({ length: 9 }, (_, i) => `<mask id="m${i}">${`<rect width="9" height="9"${i ? ` mask="url(#m${i - 1})"` : ''}/>`.repeat(10)}</mask>`).join('')}</defs><rect width="9" height="9" mask="url(#m8)"/>`,
      'marker bomb': `<defs>${Array.from({ length: 7 }, (_, i) => `<marker id="k${i}" markerWidth="9" markerHeight="9"><path d="M0 0h1h1h1h1h1h1h1h1h1"${i ? ` marker-mid="url(#k${i - 1})"` : ''}/></marker>`).join('')}</defs><path d="M0 0h1h1h1h1h1h1h1" marker-mid="url(#k6)"/>`,
      'symbol bomb': `<defs>${Array.from({ length: 10 }, (_, i) => `<symbol id="s${i}">${i === 0 ? shape : `<use href="#s${i - 1}"/>`.repeat(10)}</symbol>`).join('')}</defs><use href="#s9"/>`,
      'clip bomb': `<defs>${Array.from({ length: 10 }, (_, i) => `<clipPath id="c${i}"${i ? ` clip-path="url(#c${i - 1})"` : ''}>${shape.repeat(10)}</clipPath>`).join('')}</defs><g clip-path="url(#c9)">${shape}</g>`,
      'bomb by duplicate ids': `<g id="a">${shape}</g><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/><use href="#a"/></g><use href="#b"/>`,
      'bomb by entity ids': `<g id="&#97;"><use href="#%61"/></g><use href="#%61"/>`,
      'self reference':
        '<g id="a"><use href="#a"/></g><pattern id="p"><rect fill="url(#p)"/></pattern><mask id="m" mask="url(#m)"><rect mask="url(#m)"/></mask>',
      'huge numbers':
        '<rect width="1e309" height="NaN" x="-1e99" stroke-width="1e9"/><path d="M0 0h1e999"/><circle r="Infinity"/>',
      'dash array': `<path d="M0 0h1000000" stroke="red" stroke-dasharray="0.0001"/>`,
      'prototype names':
        '<__proto__/><constructor/><rect __proto__="x" constructor="y" width="1"/><use href="#__proto__"/><g id="__proto__"/>',
      'svg in svg': '<svg onload="alert(1)"><svg onload=alert(1)><g/></svg></svg>',
      'math within': '<math><mtext><style><a title="</style><img src=x onerror=alert(1)>"></mtext></math>',
    }).map(([name, inside]) => [name, picture(inside)]),
  ),
)
  .concat(
    attacks('svg root', {
      handlers: '<svg onload=alert(1) onbegin=alert(1)><rect/></svg>',
      'two pictures': '<svg><rect/></svg><svg onload=alert(1)><circle/></svg>',
      'html around': '<div onclick=alert(1)><svg><rect/></svg><img src=x onerror=alert(1)></div>',
      'declaration and entities':
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "<script>alert(1)</script>"><!ENTITY y SYSTEM "@@/canary/entity">]><svg>&x;&y;<text>&x;</text></svg>',
      'stylesheet instruction': '<?xml-stylesheet type="text/css" href="@@/canary/xss"?><svg><rect/></svg>',
      'style overlay':
        '<svg style="position:fixed;top:0;left:0;width:100vw;height:100vh;z-index:9" width="99999" height="99999" overflow="visible"><rect/></svg>',
      'no root': '<rect width="9"/><path d="M0 0"/><img src=x onerror=alert(1)>',
      unclosed: '<svg><g><rect><path d="M0 0"><text>x<tspan>y',
      'text only': '&lt;svg onload=alert(1)&gt;',
      contentScriptType:
        '<svg contentScriptType="application/ecmascript" contentStyleType="x" baseProfile="full" zoomAndPan="magnify"><rect/></svg>',
    }),
  )
  .concat(
    attacks(
      'svg bomb by inheritance',
      {
        patterns: picture(
          `${paints}${more.map((i) => `<g fill="url(#p${i - 1})"><pattern id="p${i}" width=".5" height=".5">${'<rect width="9" height="9"/>'.repeat(10)}</pattern></g>`).join('')}<rect width="9" height="9" fill="url(#p3)"/>`,
        ),
        'patterns by stroke and style': picture(
          `${paints}${more.map((i) => `<g style="stroke:url(#p${i - 1})"><pattern id="p${i}" width=".5" height=".5">${'<rect width="9" height="9"/>'.repeat(10)}</pattern></g>`).join('')}<rect width="9" height="9" fill="url(#p3)"/>`,
        ),
        'patterns of text': picture(
          `${paints}${more.map((i) => `<g stroke="url(#p${i - 1})"><pattern id="p${i}" width=".5" height=".5">${'<text y="9">MM</text>'.repeat(10)}</pattern></g>`).join('')}<rect width="9" height="9" fill="url(#p3)"/>`,
        ),
        markers: picture(
          `<marker id="k0" markerWidth="9" markerHeight="9"><rect width="2" height="2"/></marker>${more.map((i) => `<g marker-mid="url(#k${i - 1})"><marker id="k${i}" markerWidth="9" markerHeight="9">${turns}</marker></g>`).join('')}<g marker-mid="url(#k3)">${turns}</g>`,
        ),
        'markers, each around the last': picture(
          `${more.reduce((inner, i) => `<g marker-mid="url(#k${i - 1})">${inner}<marker id="k${i}" markerWidth="9" markerHeight="9">${turns}</marker></g>`, '<marker id="k0" markerWidth="9" markerHeight="9"><rect width="2" height="2"/></marker>')}<g marker-mid="url(#k3)">${turns}</g>`,
        ),
        'a mask in a group that is painted': picture(
          `${paints}<g fill="url(#p0)"><mask id="m">${shape.repeat(9)}</mask></g><rect width="9" height="9" mask="url(#m)"/>`,
        ),
      },
      {
        presets: ['svg'],
      },
    ),
    attacks(
      'svg reference',
      {
        'ids that meet after the prefix': picture(
          `<g id="svg-a"><use href="#b"/></g><g id="a">${shape}</g><g id="b">${shape}</g><use href="#a"/><use href="#svg-a"/>`,
        ),
        'ids that meet, later first': picture(
          `<g id="a">${shape}</g><g id="svg-a"><use href="#b"/><use href="#b"/></g><g id="b"><use href="#c"/></g><g id="c">${shape}</g><use href="#a"/><use href="#b"/>`,
        ),
        'escapes in url()': picture(
          `<pattern id="p"><rect fill="url(#q)"/></pattern><pattern id="q"><rect/></pattern><rect fill="url(#\\70 )"/><rect fill="url('#\\70')"/><rect fill="URL( '#p' )"/><rect fill="url(&quot;#p&quot;)"/><rect fill="url(#p"/>`,
        ),
        'percent in the fragment': picture(
          `<g id="%61">${shape}</g><g id="a"><use href="#%61"/></g><use href="#a"/><use href="#%2561"/>`,
        ),
        'the root itself': `<svg id="r"><use href="#r"/>${shape}</svg>`,
        'through what is left out': `<svg><a id="x"><g id="y"><use href="#z"/></g></a><script id="z"/><g id="z">${shape}</g><use href="#y"/><use href="#x"/></svg>`,
        'through a gradient': picture(
          `<linearGradient id="a" href="#b"><stop/></linearGradient><linearGradient id="b" href="#a"/><pattern id="p" href="#a" fill="url(#p)"/><rect fill="url(#a)" stroke="url(#p)"/>`,
        ),
        'patterns by href': picture(
          `<pattern id="p" href="#q"/><pattern id="q" href="#r"><use href="#s"/></pattern><pattern id="r"><rect fill="url(#q)"/></pattern><g id="s">${shape}</g><rect fill="url(#p)"/>`,
        ),
        'clip of a use': picture(
          `<clipPath id="c"><use href="#d"/></clipPath><g id="d"><rect clip-path="url(#e)"/></g><clipPath id="e">${shape}</clipPath><g clip-path="url(#c)"/>`,
        ),
        'many uses of much': `<svg><g id="a">${shape.repeat(60)}</g>${'<use href="#a"/>'.repeat(60)}</svg>`,
      },
      { presets: ['svg'] },
    ),
    attacks(
      'svg reference to what is left out',
      {
        'use of a filter': '<svg><use href="#c"/><filter id="c"/></svg>',
        'use of a script': '<svg><script id="c"></script><g id="d"><use href="#c"/></g></svg>',
        'paint of an element that is unknown': '<svg><rect fill="url(#c)"/><x id="c"/></svg>',
        'gradient by a gradient in a filter':
          '<svg><linearGradient id="a" href="#b"/><filter><linearGradient id="b"/></filter><rect fill="url(#a)"/></svg>',
        'mask of an image': '<svg><g mask="url(#c)"><rect/></g><image id="c"/></svg>',
      },
      {
        presets: ['svg'],
      },
    ),
  );
