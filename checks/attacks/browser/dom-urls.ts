import { attack, type PageCase, use } from './page-case.ts';

/** `setUrl`, `setHref`, `setSrc` and `setAction` with elements and values that they are not made for, and with others. */
export const urlCases: readonly PageCase[] = [
  attack('URLs that load code or a document are refused, whatever the value', () => {
    const spaces: Record<string, string> = {
      svg: 'http://www.w3.org/2000/svg',
      math: 'http://www.w3.org/1998/Math/MathML',
    };
    const list =
      'script src|iframe src|frame src|embed src|object data|object codebase|object classid|base href|link href|applet code|portal src|fencedframe config|svg:script href|svg:use href|svg:animate href|svg:set href|svg:feImage href|svg:foreignObject href|iframe srcdoc|meta content|html manifest|a ping|body background|a onclick|p style|img srcset|source srcset|link imagesrcset|svg:animate to|svg:animate values|svg:script xlink:href|svg:use xlink:href|x-y src|svg:mpath href|svg:linearGradient href|a target|a rel|a id|p title';
    return list
      .split('|')
      .flatMap((one) => {
        const [tag, name] = one.split(' ') as [string, string];
        const [space, local] = tag.includes(':') ? (tag.split(':') as [string, string]) : ['', tag];
        const element = space
          ? document.createElementNS(spaces[space] as string, local)
          : document.createElement(tag);
        const codes = ['/x.js', 'https://example.com/x.js', 'javascript:alert(1)', ''].map((value) =>
          window.codeOf(() => window.bulwarkDom.setUrl(element, name, value)),
        );
        return codes.every((code) => code === 'dom/unsafe-attribute' || code === 'dom/unsafe-element')
          ? []
          : [`${one}: ${codes.join()} ${element.outerHTML}`];
      })
      .join('; ');
  }),
  attack('the short setters with elements that they are not made for', () => {
    const d = window.bulwarkDom;
    const problems: string[] = [];
    for (const tag of ['script', 'iframe', 'embed', 'frame', 'link', 'base', 'object']) {
      const one = document.createElement(tag) as never;
      const codes = [
        () => d.setSrc(one, '/x.js'),
        () => d.setHref(one, '/x.js'),
        () => d.setAction(one, '/x.js'),
      ].map((work) => window.codeOf(work));
      const markup = (one as Element).outerHTML;
      if (/\b(src|href|data)=/.test(markup) || codes.includes('')) problems.push(`${markup} ${codes.join()}`);
    }
    return problems.join('; ');
  }),
  attack('URLs that are objects', () => {
    const values: [string, unknown][] = [
      ['toString', { toString: () => 'javascript:alert(1)' }],
      ['href', { href: 'javascript:alert(1)' }],
      ['array', ['javascript:alert(1)']],
      ['String', new String('https://example.com')],
      ['proxy of a URL', new Proxy(new URL('https://example.com'), { get: () => 'javascript:alert(1)' })],
      ['symbol', Symbol('x')],
      ['an anchor', Object.assign(document.createElement('a'), { href: 'javascript:alert(1)' })],
      ['location', location],
      [
        'imitation',
        { [Symbol.toStringTag]: 'URL', href: 'javascript:alert(1)', toString: () => 'javascript:alert(1)' },
      ],
    ];
    return values
      .flatMap(([name, value]) => {
        const a = document.createElement('a');
        const code = window.codeOf(() => window.bulwarkDom.setHref(a, value as never));
        const fine =
          code === 'dom/not-text' ||
          (code === '' && (a.getAttribute('href') === 'about:invalid#bulwark' || !a.hasAttribute('href')));
        return fine && a.protocol !== 'javascript:' ? [] : [`${name}: ${code || a.outerHTML}`];
      })
      .join('; ');
  }),
  attack('objects that fail as they are looked at', () =>
    [
      Object.create(URL.prototype),
      new Proxy(
        {},
        {
          getPrototypeOf() {
            throw new Error('hostile');
          },
        },
      ),
    ]
      .flatMap((value) => {
        const a = document.createElement('a');
        const code = window.codeOf(() => window.bulwarkDom.setHref(a, value as never));
        return code === 'dom/not-text' ? [] : [code || a.outerHTML];
      })
      .join('; '),
  ),
  attack('a URL whose members were replaced', () => {
    class Hostile extends URL {
      override get href(): string {
        return 'javascript:alert(1)';
      }
      override toString(): string {
        return 'javascript:alert(1)';
      }
      override get protocol(): string {
        return 'https:';
      }
    }
    const own = new URL('https://example.com/');
    Object.defineProperties(own, {
      href: { value: 'javascript:alert(1)' },
      toString: { value: () => 'javascript:alert(1)' },
      protocol: { value: 'https:' },
    });
    const turn = new URL('https://example.com/');
    let at = 0;
    Object.defineProperty(turn, 'href', {
      get: () => (at++ ? 'javascript:alert(1)' : 'https://example.com/'),
    });
    Object.defineProperty(turn, 'toString', {
      value: () => (at++ ? 'javascript:alert(1)' : 'https://example.com/'),
    });
    return [new Hostile('https://example.com/'), own, turn]
      .map((value) => {
        const a = document.createElement('a');
        window.codeOf(() => window.bulwarkDom.setHref(a, value));
        return a.protocol === 'javascript:' ? a.outerHTML : '';
      })
      .join('');
  }),
  attack('a URL object of javascript', () => {
    const a = document.createElement('a');
    const kept = window.bulwarkDom.setHref(a, new URL('javascript:alert(1)'));
    return !kept && a.getAttribute('href') === 'about:invalid#bulwark' ? '' : a.outerHTML;
  }),
  attack('images in data that are documents', () =>
    [
      'data:image/svg+xml,<svg/>',
      'data:image/svg+xml;base64,PHN2Zz4=',
      'DATA:IMAGE/SVG+XML,x',
      'data:image/svg+xml;charset=utf-8,x',
      'data:text/html,x',
      'data:,x',
      'data:image/png,x,data:image/svg+xml',
      'data:image/svg%2Bxml,x',
      'data:image/png;x=image/svg+xml,<svg/>',
      'data:image/*,x',
      'data:image/xml,x',
      'data:image/png+xml,x',
      'data:application/pdf,x',
      'data:image/x-icon,x\n',
      'blob:http://127.0.0.1/x',
      'javascript:alert(1)',
      ' data:text/html,x',
      'data:image/png\t/svg+xml,x',
      'data:image/svg+xml\u0000,x',
    ]
      .flatMap((value) => {
        const image = document.createElement('img');
        const kept = window.bulwarkDom.setSrc(image, value);
        const set = image.getAttribute('src') ?? '';
        return !kept && set === 'about:invalid#bulwark'
          ? []
          : /^\s*data:image\/(png|x-icon)\s*[;,]/i.test(set)
            ? []
            : [`${JSON.stringify(value)} ${set}`];
      })
      .join('; '),
  ),
  attack('media in data or javascript', () =>
    ['video', 'audio', 'source']
      .flatMap((tag) =>
        ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'data:image/svg+xml,x'].flatMap((value) => {
          const one = document.createElement(tag) as HTMLVideoElement;
          const kept = window.bulwarkDom.setSrc(one, value);
          return kept ? [`${tag} ${value}`] : [];
        }),
      )
      .join('; '),
  ),
  attack('the same attributes by setAttribute', () =>
    'a href|area href|form action|button formaction|input formaction|img src|input src|video src|audio src|source src|video poster|blockquote cite|q cite|ins cite|svg:a href|svg:image href|track src|body background|table background|img longdesc|img lowsrc|a xlink:href|link href|iframe src|html manifest|input srcdoc|object data'
      .split('|')
      .flatMap((one) => {
        const [tag, name] = one.split(' ') as [string, string];
        const element = tag.startsWith('svg:')
          ? document.createElementNS('http://www.w3.org/2000/svg', tag.slice(4))
          : document.createElement(tag);
        return ['javascript:alert(1)', ' \tjava\nscript:alert(1)', 'data:text/html,x'].flatMap((value) => {
          window.codeOf(() => window.bulwarkDom.setAttribute(element, name, value));
          return /script:|text\/html/.test(element.getAttribute(name) ?? '')
            ? [`${one} ${element.getAttribute(name)}`]
            : [];
        });
      })
      .join('; '),
  ),
  attack('a base element does not turn a link into another kind', () => {
    const base = document.head.appendChild(document.createElement('base'));
    base.href = 'data:text/html,';
    const a = document.createElement('a');
    window.bulwarkDom.setHref(a, 'x');
    base.remove();
    return a.protocol === 'javascript:' ? a.href : '';
  }),
  use('images in data that are bitmaps', () =>
    [
      'data:image/png;base64,iVBORw0KGgo=',
      'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
      'data:image/jpeg;base64,/9j/',
      'data:image/webp;base64,UklGRg==',
      'data:image/avif;base64,AAAA',
      'DATA:image/PNG;base64,iVBORw0KGgo=',
    ]
      .filter((value) => {
        const image = document.createElement('img');
        return !window.bulwarkDom.setSrc(image, value) || image.getAttribute('src') !== value;
      })
      .join(),
  ),
  use('sources of media', () =>
    (['video', 'audio', 'source', 'img'] as const)
      .filter((tag) => {
        const one = document.createElement(tag);
        return (
          !window.bulwarkDom.setSrc(one, 'https://cdn.example.com/a') ||
          one.getAttribute('src') !== 'https://cdn.example.com/a'
        );
      })
      .join(),
  ),
  use('an image button', () => {
    const input = document.createElement('input');
    input.type = 'image';
    return window.bulwarkDom.setSrc(input, '/a.png') && input.getAttribute('src') === '/a.png'
      ? ''
      : input.outerHTML;
  }),
  use('the poster of a video', () => {
    const v = document.createElement('video');
    const code = window.codeOf(() => window.bulwarkDom.setUrl(v, 'poster', '/a.png'));
    return code || (v.getAttribute('poster') === '/a.png' ? '' : v.outerHTML);
  }),
  use('the track of a video', () => {
    const t = document.createElement('track');
    return window.codeOf(() => window.bulwarkDom.setUrl(t, 'src', '/a.vtt'));
  }),
  use('URL objects', () => {
    const a = document.createElement('a');
    const kept = window.bulwarkDom.setHref(a, new URL('/x?y=1#z', 'https://example.com'));
    return kept && a.getAttribute('href') === 'https://example.com/x?y=1#z' ? '' : a.outerHTML;
  }),
  use('a URL object of a frame', () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const Other = (frame.contentWindow as unknown as { URL: typeof URL }).URL;
    const a = document.createElement('a');
    const code = window.codeOf(() => window.bulwarkDom.setHref(a, new Other('https://example.com/')));
    frame.remove();
    return code === '' && a.getAttribute('href') === 'https://example.com/' ? '' : code || a.outerHTML;
  }),
  use('the image of a picture in SVG', () => {
    const i = document.createElementNS('http://www.w3.org/2000/svg', 'image');
    return window.codeOf(() => window.bulwarkDom.setUrl(i, 'href', '/a.png'));
  }),
  use('the link of a picture in SVG', () => {
    const a = document.createElementNS('http://www.w3.org/2000/svg', 'a');
    return window.codeOf(() => window.bulwarkDom.setUrl(a, 'href', '/a.png'));
  }),
  use('setAttribute with a URL keeps a good one', () => {
    const a = document.createElement('a');
    const kept = window.bulwarkDom.setAttribute(a, 'href', 'https://example.com/');
    return kept && a.getAttribute('href') === 'https://example.com/' ? '' : a.outerHTML;
  }),
  use('setAttribute says that a URL was set aside', () => {
    const a = document.createElement('a');
    const kept = window.bulwarkDom.setAttribute(a, 'href', 'javascript:1');
    return kept === false && a.getAttribute('href') === 'about:invalid#bulwark'
      ? ''
      : `${kept} ${a.outerHTML}`;
  }),
];
