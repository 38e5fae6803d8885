import type { CspOptions } from 'bulwark/csp';

/** Pages as real applications write them. Each sets `document.title` to what it could do; `EVIL` is another origin. */
export const usedPages: readonly (readonly [
  name: string,
  markup: (nonce: string) => string,
  title: string,
  change?: CspOptions | false,
])[] = [
  ['a script with the nonce', (n) => `<script nonce="${n}">document.title = 'ok'</script>`, 'ok'],
  ['a module with the nonce', (n) => `<script type=module nonce="${n}">document.title = 'ok'</script>`, 'ok'],
  [
    'a module that imports, also later',
    (n) =>
      `<script type=module nonce="${n}">import '/m/a.js'; const { b } = await import('/m/b.js'); document.title = globalThis.a + b</script>`,
    'ab',
  ],
  [
    'an import map with the nonce',
    (n) =>
      `<script type=importmap nonce="${n}">{"imports":{"lib":"/m/b.js"}}</script><script type=module nonce="${n}">import { b } from 'lib'; document.title = b</script>`,
    'b',
  ],
  [
    'a tag manager that loads',
    (n) =>
      `<script nonce="${n}">(function(d){var s=d.createElement('script');s.async=true;s.src='/m/title.js';var f=d.getElementsByTagName('script')[0];f.parentNode.insertBefore(s,f)})(document)</script>`,
    'loaded',
  ],
  [
    'a tag manager that loads from another host',
    (n) =>
      `<script nonce="${n}">var s=document.createElement('script');s.src='EVIL/title-js?title';s.onload=function(){document.title='ok'};document.head.appendChild(s)</script>`,
    'ok',
    { trustedTypes: false },
  ],
  ['a loader that loads a loader', (n) => `<script nonce="${n}" src="/m/loader.js"></script>`, 'loaded'],
  [
    'an island of JSON',
    (n) =>
      `<script type="application/json" id=data>{"a":"ok"}</script><script nonce="${n}">document.title = JSON.parse(document.getElementById('data').textContent).a</script>`,
    'ok',
  ],
  [
    'a style sheet of the host',
    (n) =>
      `<link rel=stylesheet href=/style.css><p id=p>x</p><script nonce="${n}">document.title = getComputedStyle(p).color</script>`,
    'rgb(1, 2, 3)',
  ],
  [
    'a style with the nonce',
    (n) =>
      `<style nonce="${n}">p{color:rgb(3,2,1)}</style><p id=p>x</p><script nonce="${n}">document.title = getComputedStyle(p).color</script>`,
    'rgb(3, 2, 1)',
  ],
  [
    'a style that a script makes with the nonce',
    (n) =>
      `<p id=p>x</p><script nonce="${n}">const s = document.createElement('style'); s.nonce = document.currentScript.nonce; s.textContent = 'p{color:rgb(9,9,9)}'; document.head.append(s); document.title = getComputedStyle(p).color</script>`,
    'rgb(9, 9, 9)',
  ],
  [
    'styles by their properties',
    (n) =>
      `<p id=p>x</p><script nonce="${n}">p.style.color = 'rgb(7,7,7)'; p.style.setProperty('--x', '1'); p.style.cssText += ';top:1px'; document.title = getComputedStyle(p).color</script>`,
    'rgb(7, 7, 7)',
  ],
  [
    'a constructed style sheet',
    (n) =>
      `<p id=p>x</p><script nonce="${n}">const s = new CSSStyleSheet(); s.replaceSync('p{color:rgb(5,5,5)}'); document.adoptedStyleSheets = [s]; document.title = getComputedStyle(p).color</script>`,
    'rgb(5, 5, 5)',
  ],
  [
    'fetch to the host',
    (n) =>
      `<script nonce="${n}">fetch('/m/a.js').then((r) => { document.title = 'ok ' + r.status })</script>`,
    'ok 200',
  ],
  [
    'an XMLHttpRequest',
    (n) =>
      `<script nonce="${n}">var x = new XMLHttpRequest(); x.open('GET','/m/a.js'); x.onload = function () { document.title = 'ok' }; x.send()</script>`,
    'ok',
  ],
  [
    'server-sent events',
    (n) =>
      `<script nonce="${n}">new EventSource('/m/events').onmessage = (e) => { document.title = e.data }</script>`,
    'event',
  ],
  [
    'a beacon',
    (n) => `<script nonce="${n}">document.title = String(navigator.sendBeacon('/m/beacon', 'x'))</script>`,
    'true',
  ],
  [
    'a worker of the host',
    (n) =>
      `<script nonce="${n}">new Worker('/m/worker.js').onmessage = (e) => { document.title = e.data }</script>`,
    'worker',
  ],
  [
    'a module worker',
    (n) =>
      `<script nonce="${n}">new Worker('/m/worker.js', { type: 'module' }).onmessage = (e) => { document.title = e.data }</script>`,
    'worker',
  ],
  [
    'a worker of a blob, allowed',
    (n) =>
      `<script nonce="${n}">new Worker(URL.createObjectURL(new Blob(['postMessage("blob")']))).onmessage = (e) => { document.title = e.data }</script>`,
    'blob',
    { extend: { 'worker-src': ['blob:'] } },
  ],
  [
    'a service worker',
    (n) =>
      `<script nonce="${n}">navigator.serviceWorker.register('/m/sw.js').then(() => { document.title = 'ok' }, (e) => { document.title = String(e) })</script>`,
    'ok',
  ],
  [
    'an image of the host and one in data',
    (n) =>
      `<script nonce="${n}">Promise.all(['/m/pixel.gif', 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'].map((s) => new Promise((ok, no) => { const i = new Image(); i.onload = ok; i.onerror = () => no(s); i.src = s }))).then(() => { document.title = 'ok' }, (e) => { document.title = e })</script>`,
    'ok',
  ],
  [
    'an image of a CDN, allowed',
    (n) =>
      `<script nonce="${n}">const i = new Image(); i.onload = () => { document.title = 'ok' }; i.onerror = () => { document.title = 'no' }; i.src = '/m/other-pixel'</script>`,
    'ok',
    { extend: { 'img-src': ['http://localhost:*'] } },
  ],
  [
    'a form of the host',
    (n) =>
      `<form action="/m/saved" method=post><button id=b>x</button></form><script nonce="${n}">b.click()</script>`,
    'saved',
  ],
  [
    'a form that is read by a script',
    (n) =>
      `<form id=f><input name=a value=1></form><script nonce="${n}">document.title = new URLSearchParams(new FormData(f)).toString()</script>`,
    'a=1',
  ],
  [
    'a download by a blob',
    (n) =>
      `<script nonce="${n}">const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['x'])); a.download = 'x.txt'; a.click(); document.title = 'ok'</script>`,
    'ok',
  ],
  [
    'listeners instead of handlers',
    (n) =>
      `<button id=b>x</button><script nonce="${n}">b.addEventListener('click', () => { document.title = 'ok' }); b.onclick = () => {}; b.click()</script>`,
    'ok',
  ],
  [
    'WebAssembly, allowed',
    (n) =>
      `<script nonce="${n}">WebAssembly.compile(new Uint8Array([0,97,115,109,1,0,0,0])).then(() => { document.title = 'ok' }, (e) => { document.title = String(e) })</script>`,
    'ok',
    { extend: { 'script-src': ["'wasm-unsafe-eval'"] } },
  ],
  [
    'a video of the host',
    (n) =>
      `<video id=v src=/m/a.mp4></video><script nonce="${n}">document.addEventListener('securitypolicyviolation', () => { document.title = 'blocked' }); setTimeout(() => { document.title ||= 'ok' }, 60)</script>`,
    'ok',
  ],
  [
    'a frame without a URL that a script fills',
    (n) =>
      `<iframe id=f></iframe><script nonce="${n}">f.contentDocument.body.append('x'); document.title = f.contentDocument.body.textContent</script>`,
    'x',
  ],
  [
    'a custom element',
    (n) =>
      `<x-a></x-a><script nonce="${n}">customElements.define('x-a', class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<p>x</p>'; document.title = 'ok' } })</script>`,
    'ok',
  ],
  [
    'innerHTML, as Trusted Types are only reported',
    (n) =>
      `<p id=p></p><script nonce="${n}">p.innerHTML = '<b>x</b>'; document.title = p.textContent</script>`,
    'x',
  ],
  [
    'innerHTML under enforced Trusted Types with a policy',
    (n) =>
      `<p id=p></p><script nonce="${n}">const t = trustedTypes.createPolicy('mine', { createHTML: (s) => s }); p.innerHTML = t.createHTML('<b>x</b>'); document.title = p.textContent</script>`,
    'x',
    { trustedTypes: 'enforce', trustedTypesPolicies: ['mine'] },
  ],
  [
    'a route that is only reported',
    () => `<script>document.title = 'ok'</script>`,
    'ok',
    { reportOnly: true },
  ],
  ['a route without a policy', () => `<script>document.title = 'ok'</script>`, 'ok', false],
  [
    'a frame of the host, where it may be framed',
    (n) =>
      `<iframe src="/m/frameable"></iframe><script nonce="${n}">addEventListener('message', (e) => { document.title = e.data })</script>`,
    'framed',
  ],
];
