import { type Attack, attacks } from './case.ts';

const link = (url: string) =>
  `<a href="${url}">x</a><img src="${url}" alt=a><blockquote cite="${url}">q</blockquote>`;
const styled = (style: string) =>
  `<p style="${style}">a</p><td style="${style}">b</td><div style='${style.replaceAll("'", '&apos;')}'>c</div>`;

const urls = attacks(
  'url',
  Object.fromEntries(
    Object.entries({
      plain: 'javascript:alert(1)',
      'mixed case': 'JaVaScRiPt:alert(1)',
      'leading controls': '&#1;&#31; \u0001javascript:alert(1)',
      'leading no-break space': '&nbsp;javascript:alert(1)',
      'tab within': 'java&Tab;script:alert(1)',
      'line within': 'java\nscr\ript:alert(1)',
      'references for lines': 'java&#x0A;script&#13;:alert(1)',
      'NUL within': 'java\0script:alert(1)',
      'NUL reference': 'java&#0;script:alert(1)',
      'colon by reference': 'javascript&colon;alert&lpar;1&rpar;',
      'letters by long references':
        '&#0000106&#0000097&#0000118&#0000097&#0000115&#0000099&#0000114&#0000105&#0000112&#0000116&#0000058alert(1)',
      'hex references': '&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)',
      'soft hyphen': 'java\u00adscript:alert(1)',
      'zero width': 'java\u200bscript:alert(1)',
      'byte order mark': '\ufeffjavascript:alert(1)',
      'comment trick': 'javascript://a.test/%0aalert(1)',
      'percent coded': 'javascript%3aalert(1)',
      'percent coded colon of a scheme': '%6Aavascript:alert(1)',
      'full-width colon': 'javascript\uff1aalert(1)',
      'long s': 'java\u017fcript:alert(1)',
      vbscript: 'vbscript:msgbox(1)',
      'livescript and mocha': 'livescript:alert(1)',
      'feed of javascript': 'feed:javascript:alert(1)',
      'view-source': 'view-source:javascript:alert(1)',
      jar: 'jar:javascript:alert(1)!/',
      'data of html': 'data:text/html,<script>parent.alert(1)</script>',
      'data of html in base64': 'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
      'data of svg': 'data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 onload=%22alert(1)%22/>',
      'data of svg in mixed case': 'DATA:IMAGE/SVG+XML;base64,PHN2Zy8+',
      'data that looks like png': 'data:image/png,text/html,<script>alert(1)</script>',
      'data of svg by a parameter': 'data:image/png;x=image/svg+xml,<svg onload=alert(1)>',
      'data with two commas': 'data:image/svg+xml;,image/png,<svg onload=alert(1)>',
      'data with spaces': ' data : image/png , a',
      'data without a type': 'data:,alert(1)',
      'data of xml': 'data:text/xml,<x xmlns=%22http://www.w3.org/1999/xhtml%22 onclick=%22alert(1)%22/>',
      blob: 'blob:http://127.0.0.1/00000000-0000-0000-0000-000000000000',
      filesystem: 'filesystem:http://127.0.0.1/temporary/a.html',
      file: 'file:///etc/passwd',
      about: 'about:blank',
      ftp: 'ftp://a.test/',
      cid: 'cid:part1@a.test',
      'ms-settings and intent':
        'intent://a.test#Intent;scheme=javascript;S.browser_fallback_url=javascript:alert(1);end',
      'search-ms': 'search-ms:query=a&crumb=location:\\\\a.test',
      'scheme and no slashes': 'https:javascript:alert(1)',
      'one slash': 'javascript:/alert(1)/',
      'empty and a space': ' ',
      'unfinished brackets': 'http://[javascript:alert(1)',
      userinfo: 'https://javascript:alert(1)@a.test/',
      'quote out': 'https://a.test/&quot; onclick=&quot;alert(1)',
      'very long': `javascript:${'a'.repeat(5000)};alert(1)`,
      'long white space': `${' '.repeat(3000)}javascript:alert(1)`,
      'other scheme with a script char': 'java-script:alert(1)',
      'plus scheme': 'web+javascript:alert(1)',
    }).map(([name, url]) => [name, link(url)]),
  ),
);

const places = attacks('place', {
  'xlink in html': `<a xlink:href="javascript:alert(1)">x</a>`,
  'other url attributes': `<a ping="@@/canary/ping" href="#a" attributionsrc="@@/canary/attr" download target=_top>x</a><img longdesc="javascript:alert(1)" dynsrc="javascript:alert(1)" lowsrc="@@/canary/low" usemap="#m" ismap alt=a>`,
  'area and map': `<map name=m><area href="javascript:alert(1)" shape=default></map>`,
  'srcset and sizes': `<img srcset="@@/canary/srcset 1x" sizes=100vw><picture><source srcset="@@/canary/source"><img alt=a></picture>`,
  imagesrcset: `<link rel=preload as=image imagesrcset="@@/canary/imagesrcset"><link rel=preload href="@@/canary/preload" as=script>`,
  media: `<video poster="@@/canary/poster" src="@@/canary/video" autoplay><source src="@@/canary/s" onerror=alert(1)><track src="@@/canary/t" default></video><audio src="@@/canary/a" onerror=alert(1) autoplay></audio>`,
  frames: `<iframe src="javascript:parent.alert(1)"></iframe><iframe srcdoc="<img src=x onerror=parent.alert(1)>"></iframe><frame src=@@/canary/frame><portal src=@@/canary/portal></portal><fencedframe></fencedframe>`,
  'plug-ins': `<object data="@@/canary/object" type=text/html></object><embed src="@@/canary/embed" code="javascript:alert(1)"><applet code=A archive=@@/canary/applet></applet><object><param name=movie value=@@/canary/param></object>`,
  forms: `<form action="javascript:alert(1)" id=login><input name=password><button formaction="javascript:alert(1)">x</button><input type=image src="@@/canary/input-image" formaction=javascript:alert(1)></form>`,
  'meta refresh': `<meta http-equiv=refresh content="0;url=@@/canary/meta"><meta http-equiv=Content-Security-Policy content="default-src 'none'"><meta name=referrer content=unsafe-url>`,
  links: `<link rel=stylesheet href=@@/canary/link><link rel=prefetch href=@@/canary/prefetch><link rel=dns-prefetch href=//a.test><link rel=import href=@@/canary/import><link rel=manifest href=@@/canary/manifest>`,
  base: `<base href="@@/canary/base/"><base target=_blank><img src=base.png alt=a>`.replace(
    '<img src=base.png alt=a>',
    '',
  ),
  'speculation rules': `<script type=speculationrules>{"prefetch":[{"source":"list","urls":["@@/canary/spec"]}]}</script><script type=importmap>{}</script>`,
  'background attributes': `<body background=@@/canary/bg1><table background="@@/canary/bg2"><tr background=@@/canary/bg3><td background="@@/canary/bg4">a</table>`,
  'bgsound and marquee': `<bgsound src=javascript:alert(1)><marquee onstart=alert(1)>a</marquee><layer src=@@/canary/layer></layer><xml src=@@/canary/xml>`,
  'html import by style element': `<style>@import '@@/canary/import-css';*{background:url(@@/canary/style)}</style>`,
  'input types': `<input type=text autofocus onfocus=alert(1)><input type=image src=@@/canary/in><input type=submit formaction=javascript:alert(1)><input type=checkbox name=x checked><input type="checkbox&#0;"><input>`,
  'input type twice': `<input type=checkbox type=image src=@@/canary/in2><input type="CHECKBOX "><input type=checkbox popovertarget=x><input type=radio disabled>`,
  'framework directives': `<p v-html="x" @click="alert(1)" :src="x" x-data="{}" x-init="alert(1)" ng-app ng-init="alert(1)" hx-get="@@/canary/hx" hx-on:click="alert(1)" data-bind="click:alert" data-toggle=tooltip data-html=true data-turbo=true up-follow _="on load" wire:click=x>a</p>`,
  'lit and stimulus gadgets': `<div data-controller=x data-action="click->x#y" data-remote=true data-method=delete data-url=@@/canary/d data-confirm=x>a</div>`,
  microformats: `<p itemscope itemtype=x itemid=javascript:alert(1) itemprop=y>a</p>`,
  'global attributes': `<p accesskey=x contenteditable tabindex=1 hidden draggable=true inert autofocus popover nonce=x part=x exportparts=x slot=x enterkeyhint=done virtualkeyboardpolicy=manual anchor=x commandfor=x interestfor=x>a</p>`,
  'class attribute': `<p class="btn modal fixed-top hljs-keyword language-js">a</p><code class="evil language-js evil">b</code><a class="modal-backdrop" href="#a">c</a>`,
  'role and aria': `<p aria-owns=csrf aria-activedescendant=x aria-controls=x aria-flowto=y aria-details=z>a</p>`,
});

const clobber = attacks(
  'clobbering',
  {
    'id and name': `<p id=config name=config>a</p><a id=x name=y href="#x">b</a><img id=createElement name=cookie alt=a>`,
    'names of a document': `<img name=getElementById alt=a><img name=body alt=a><form name=forms></form><embed name=defaultView><object name=currentScript></object>`,
    'object, form and collection': `<a id=x></a><a id=x name=y href="cid:alert(1)"></a><form id=f><input id=attributes><input name=nodeName></form>`,
    'names of a prototype': `<p id=__proto__>a</p><p id=constructor>b</p><p id=toString>c</p><p id=hasOwnProperty>d</p>`,
    'odd ids': `<p id="a b">a</p><p id="">b</p><p id=" ">c</p><p id="\t\n">d</p><p id="user-content-">e</p><p id="USER-CONTENT-x">f</p>`,
    'prefix look-alikes': `<p id=" user-content-x config">a</p><p id="user-content-x config">b</p><p id="user-content-\u00a0config">c</p>`,
    'several ids of aria': `<p aria-labelledby="config user-content-x login" aria-describedby=" csrf\tuser-content-a\nb ">a</p>`,
    'form owner': `<input type=checkbox form=login id=checked name=csrf><button form=login>x</button><label for=login>c</label><output for=x>`,
    'map and image': `<map name=config><area id=config></map><img usemap="#config" alt=a>`,
    'slots and parts': `<p slot=x part=config is=x-y>a</p>`,
    'svg ids': `<svg id=config><g id=__proto__ /><path id="x y"/><use href="#x y"/></svg>`,
    labels: `<label for=user-content-x>a</label><details name=config open><summary>b</summary></details>`,
  },
  {},
);

const styles = attacks(
  'style',
  Object.fromEntries(
    Object.entries({
      position: 'position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999;color:red',
      'position by escapes': 'p\\6f sition:fixed;\\70osition:absolute;POSITION:sticky;posi/**/tion:fixed',
      'position after a comment':
        '/**/position:fixed;/*;*/position:/**/absolute;color:/*;position:fixed;*/red',
      'unfinished comment': 'color:red;/* position:fixed',
      'unfinished string': `color:'red;position:fixed;content:'`,
      'line break ends a string': `font-family:'a\nposition:fixed;'`,
      'unfinished bracket': 'color:rgb(1,2,3;position:fixed',
      'brackets hide a property': 'color:{;position:fixed};color:red;}position:fixed',
      'escaped newline': `font-family:'a\\\nb';position:fixed`,
      'at rules': '@import url(@@/canary/import);@font-face{font-family:x;src:url(@@/canary/font)};color:red',
      'closes the rule': 'color:red}*{background:url(@@/canary/close)}',
      url: 'background:url(@@/canary/url);background-image:url(@@/canary/url2);list-style:url(@@/canary/url3);border-image:url(@@/canary/url4) 1',
      'url quoted': `background:url('@@/canary/url5')`,
      'url by escapes':
        'background:u\\72l(@@/canary/url6);background:\\75\\72\\6c(@@/canary/url7);background:\\000075rl(@@/canary/u8)',
      'url with comments': 'background:url/**/(@@/canary/url9);background:/**/url(@@/canary/url10)/**/',
      'url in upper case': 'BACKGROUND:URL(@@/canary/url11);background:uRL(@@/canary/url12)',
      'url by NUL': 'background:u\0rl(@@/canary/url13)',
      'image functions': `background:image-set('@@/canary/is' 1x);background:-webkit-image-set(url(@@/canary/wis) 1x);background:cross-fade(url(@@/canary/cf),red);background:image('@@/canary/im');background:src('@@/canary/src')`,
      'content and cursor': `content:url(@@/canary/content);cursor:url(@@/canary/cursor),auto;filter:url(@@/canary/filter#x);mask:url(@@/canary/mask);clip-path:url(@@/canary/clip#x);shape-outside:url(@@/canary/shape)`,
      'list-style takes an image': `list-style:square url('@@/canary/ls');list-style-image:url(@@/canary/lsi)`,
      variables: '--x:url(@@/canary/var);background:var(--x);--y:fixed;position:var(--y);color:var(--z,red)',
      'env and attr': 'width:env(safe-area-inset-top);width:attr(title px);color:attr(title type(<color>))',
      expression:
        'width:expression(alert(1));width:expr/**/ession(alert(1));behavior:url(#default#time2);-moz-binding:url(@@/canary/binding)',
      'full-width expression': 'width:\uff45xpression(alert(1));xss:ex\\70ression(alert(1))',
      'javascript url':
        'background-image:url(javascript:alert(1));background:url(&quot;javascript:alert(1)&quot;)',
      'negative margins': 'margin:-10px;margin-left:-99px;margin-top:-1e3px;margin:0 -5px 0 0',
      'negative margins by calc':
        'margin:calc(-1 * 100px);margin-left:calc(0px - 100vw);margin-top:min(-1px, 0px);margin-right:clamp(-9px,0px,0px)',
      'negative margins by escapes':
        'margin:\\2d 10px;margin-left:\\-10px;margin-top:/**/-10px;margin-right:+-10px;margin-bottom:-.5em',
      'odd minus signs': 'margin:\u221210px;margin-left:\u201310px',
      'logical margins':
        'margin-inline:-10px;margin-block-start:-10px;margin-inline-end:-1em;inset:0;inset-inline:0',
      'negative text-indent': 'text-indent:-9999px',
      'negative letter-spacing': 'letter-spacing:-50px',
      'negative word-spacing': 'word-spacing:-500px',
      transforms:
        'transform:scale(100);rotate:45deg;translate:10px;scale:100;offset-path:path("M0 0");zoom:100;perspective:1px',
      'animation and transition':
        'animation:x 1s;transition:all 1s;animation-name:x;view-transition-name:x;will-change:transform',
      'float and all':
        'all:unset;contain:layout;isolation:isolate;mix-blend-mode:difference;opacity:0;pointer-events:none;user-select:none',
      anchors: 'anchor-name:--x;position-anchor:--x;position-area:center;top:anchor(bottom);position-try:--x',
      display: 'display:contents;display:flex;display:grid;display:none;display:-webkit-box',
      grid: 'display:grid;grid-area:1/1;place-self:center;order:-1;grid-template-areas:&quot;x&quot;',
      important: 'color:red!important;position:fixed !important;margin:-1px ! important;width:1px!ie',
      'star and underscore hacks': '*position:fixed;_position:absolute;+position:fixed;#position:fixed',
      'colon missing or doubled': 'position fixed;position::fixed;:fixed;color:red:position:fixed;;;;',
      'quote out': `color:red&quot;onclick=&quot;alert(1);font-family:&quot;&quot;&gt;&lt;img src=x onerror=alert(1)&gt;`,
      'end of style in a string': `font-family:'&lt;/style&gt;&lt;img src=x onerror=alert(1)&gt;'`,
      'font by name is no request': 'font-family:url(@@/canary/ff);font:url(@@/canary/font2)',
      'very long': `color:red;${'a:b;'.repeat(2000)}position:fixed`,
      nesting: '&{position:fixed};& p{position:fixed};color:red',
      progid:
        'filter:progid:DXImageTransform.Microsoft.AlphaImageLoader(src=@@/canary/progid);-ms-behavior:url(x)',
      'unicode-range and src': 'src:url(@@/canary/fsrc);unicode-range:U+0041',
      'CDO and CDC': '<!--color:red;position:fixed-->',
      prefixes:
        '-webkit-transform:scale(9);-webkit-mask-image:url(@@/canary/wmask);-webkit-animation:x;-moz-transform:none;-webkit-border-image:url(@@/canary/wbi) 1',
      'element function':
        'background:element(#x);background:-moz-element(#x);background:paint(x);background:-webkit-canvas(x)',
      'invalid property that eats the next': 'color:url(;position:fixed;);color:red',
      'bad string and bad url': 'color:url( a b;position:fixed;width:1px',
      'backslash at the end': 'color:red;font-family:a\\',
      'semicolon by escape': 'color:red\\;position:fixed;width:1px\\3b position:fixed',
    }).map(([name, style]) => [name, styled(style)]),
  ),
);

export const values: readonly Attack[] = [...urls, ...places, ...clobber, ...styles];
