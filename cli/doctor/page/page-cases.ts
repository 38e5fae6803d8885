/** Markup under a policy, and whether a browser blocks a part of it. Chromium confirms each in violations.slow.test.ts. */
export interface PageCase {
  readonly policy: string;
  readonly markup: string;
  readonly blocked: boolean;
}

const blocks = (policy: string, markup: string): PageCase => ({ policy, markup, blocked: true });
const allows = (policy: string, markup: string): PageCase => ({ policy, markup, blocked: false });

const nonce = 'MDEyMzQ1Njc4OWFiY2RlZg==';
/** The hash of `let a = 1`, from `openssl dgst -sha256 -binary | base64`. */
const hash = 'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ=';
const strict = `script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; base-uri 'none'`;

export const pageCases: readonly PageCase[] = [
  blocks(strict, '<script>let a = 1</script>'),
  allows(strict, `<script nonce="${nonce}">let a = 1</script>`),
  blocks(strict, '<script nonce="b3RoZXI=">let a = 1</script>'),
  allows(strict, '<script type="application/json">{"a":1}</script>'),
  allows(strict, '<script type="text/template"><b></b></script>'),
  blocks(strict, '<script type="module">let a = 1</script>'),
  blocks(strict, '<script type="text/javascript">let a = 1</script>'),
  allows(strict, '<template><script>let a = 1</script></template>'),
  allows(strict, '<!-- <script>let a = 1</script> -->'),
  allows(strict, '<textarea><script>let a = 1</script></textarea>'),
  blocks(strict, '<script src="/a.js"></script>'),
  allows(strict, `<script nonce="${nonce}" src="/a.js"></script>`),
  blocks(strict, '<button onclick="act()">x</button>'),
  blocks(strict, '<img src="/a.png" onerror="act()">'),
  blocks(strict, '<p style="color: red">x</p>'),
  blocks(strict, '<style>p { color: red }</style>'),
  allows(strict, `<style nonce="${nonce}">p { color: red }</style>`),
  allows(strict, '<link rel="stylesheet" href="/a.css">'),
  blocks(strict, '<link rel="stylesheet" href="http://other.localhost:1/a.css">'),
  allows(strict, `<link rel="stylesheet" nonce="${nonce}" href="http://other.localhost:1/a.css">`),
  blocks(strict, '<img src="http://other.localhost:1/a.png">'),
  allows(strict, '<img src="/a.png">'),
  allows(strict, '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
  blocks(strict, '<base href="http://other.localhost:1/">'),
  blocks("script-src 'self'", '<script>let a = 1</script>'),
  allows("script-src 'self'", '<script src="/a.js"></script>'),
  blocks("script-src 'self'", '<script src="http://other.localhost:1/a.js"></script>'),
  allows('script-src http://other.localhost:1', '<script src="http://other.localhost:1/a.js"></script>'),
  blocks('script-src http://other.localhost:1/b/', '<script src="http://other.localhost:1/a.js"></script>'),
  allows('script-src *.localhost:1', '<script src="http://other.localhost:1/a.js"></script>'),
  allows('script-src http:', '<script src="http://other.localhost:1/a.js"></script>'),
  allows('script-src *', '<script src="http://other.localhost:1/a.js"></script>'),
  blocks('script-src https:', '<script src="http://other.localhost:1/a.js"></script>'),
  allows("script-src 'unsafe-inline'", '<script>let a = 1</script>'),
  allows("script-src 'unsafe-inline'", '<button onclick="act()">x</button>'),
  blocks(`script-src 'unsafe-inline' 'nonce-${nonce}'`, '<script>let a = 1</script>'),
  blocks(`script-src 'unsafe-inline' 'nonce-${nonce}'`, '<button onclick="act()">x</button>'),
  allows(`script-src '${hash}'`, '<script>let a = 1</script>'),
  blocks(`script-src '${hash}'`, '<script>let a = 2</script>'),
  blocks(`script-src '${hash}'`, '<button onclick="let a = 1">x</button>'),
  allows(`script-src 'unsafe-hashes' '${hash}'`, '<button onclick="let a = 1">x</button>'),
  allows("script-src-attr 'unsafe-inline'; script-src 'self'", '<button onclick="act()">x</button>'),
  blocks("script-src-attr 'unsafe-inline'; script-src 'self'", '<script>let a = 1</script>'),
  blocks("script-src-elem 'none'; script-src 'unsafe-inline'", '<script>let a = 1</script>'),
  allows("style-src-attr 'unsafe-inline'; style-src 'self'", '<p style="color: red">x</p>'),
  blocks("default-src 'self'", '<script>let a = 1</script>'),
  blocks("default-src 'self'", '<img src="http://other.localhost:1/a.png">'),
  blocks("default-src 'self'", '<iframe src="http://other.localhost:1/"></iframe>'),
  blocks("child-src 'none'", '<iframe src="/"></iframe>'),
  allows("frame-src 'self'; child-src 'none'", '<iframe src="/a.txt"></iframe>'),
  blocks("object-src 'none'", '<embed src="/a.svg" type="image/svg+xml">'),
  blocks("media-src 'none'", '<video src="/a.mp4"></video>'),
  blocks("img-src 'none'", '<link rel="icon" href="/icon.png">'),
  allows("img-src 'none'", '<p>x</p>'),
  allows("img-src 'none'; IMG-SRC 'self'; img-src *", '<p>x</p>'),
  blocks("img-src 'none'; img-src *", '<img src="/a.png">'),
  blocks("img-src *, img-src 'none'", '<img src="/a.png">'),
  allows('upgrade-insecure-requests', '<script>let a = 1</script><img src="data:,">'),
];
