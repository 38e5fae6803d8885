import { attack, type PageCase, use } from './page-case.ts';

/** `setText` with hostile and with ordinary arguments. */
export const textCases: readonly PageCase[] = [
  attack('text of markup', () => {
    const p = document.createElement('p');
    window.bulwarkDom.setText(p, '<img src=x onerror=alert(1)>');
    return p.childElementCount === 0 && p.textContent === '<img src=x onerror=alert(1)>' ? '' : p.innerHTML;
  }),
  attack('text for a script', () => {
    const s = document.body.appendChild(document.createElement('script'));
    const code = window.codeOf(() => window.bulwarkDom.setText(s, 'alert(1)'));
    return code === 'dom/unsafe-element' ? '' : code || 'accepted';
  }),
  attack('text for a style', () =>
    window.codeOf(() => window.bulwarkDom.setText(document.createElement('style'), '*{}')) ===
    'dom/unsafe-element'
      ? ''
      : 'accepted',
  ),
  attack('text for a script of SVG', () =>
    window.codeOf(() =>
      window.bulwarkDom.setText(document.createElementNS('http://www.w3.org/2000/svg', 'script'), 'alert(1)'),
    ) === 'dom/unsafe-element'
      ? ''
      : 'accepted',
  ),
  attack('text for a style of SVG', () =>
    window.codeOf(() =>
      window.bulwarkDom.setText(document.createElementNS('http://www.w3.org/2000/svg', 'style'), '*{}'),
    ) === 'dom/unsafe-element'
      ? ''
      : 'accepted',
  ),
  attack('text for a script of a frame', () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const s = (frame.contentDocument as Document).createElement('script');
    frame.contentDocument?.body.append(s);
    const code = window.codeOf(() => window.bulwarkDom.setText(s, 'parent.alert(1)'));
    frame.remove();
    return code === 'dom/unsafe-element' ? '' : code || 'accepted';
  }),
  attack('text for a script with a prefix', () => {
    const s = document.createElementNS('http://www.w3.org/1999/xhtml', 'x:script');
    document.body.append(s);
    const code = window.codeOf(() => window.bulwarkDom.setText(s, 'alert(1)'));
    return code === 'dom/unsafe-element' ? '' : code || 'accepted';
  }),
  attack('text for a script that says it is a paragraph', () => {
    const s = document.createElement('script');
    Object.defineProperties(s, {
      localName: { value: 'p' },
      tagName: { value: 'P' },
      nodeName: { value: 'P' },
    });
    const code = window.codeOf(() => window.bulwarkDom.setText(s, 'alert(1)'));
    return code === 'dom/unsafe-element' ? '' : code || 'accepted';
  }),
  attack('text for a script in XML', () => {
    const d = document.implementation.createDocument('http://www.w3.org/1999/xhtml', 'html', null);
    const code = window.codeOf(() => window.bulwarkDom.setText(d.createElement('script'), 'alert(1)'));
    return code === 'dom/unsafe-element' ? '' : code || 'accepted';
  }),
  attack('text for a script in a template', () => {
    const t = document.createElement('template');
    const s = t.content.appendChild(t.content.ownerDocument.createElement('script'));
    return window.codeOf(() => window.bulwarkDom.setText(s, 'alert(1)')) === 'dom/unsafe-element'
      ? ''
      : 'accepted';
  }),
  attack('text of an object with toString', () => {
    const p = document.createElement('p');
    const code = window.codeOf(() => window.bulwarkDom.setText(p, { toString: () => 'x' } as never));
    return code === 'dom/not-text' && p.textContent === '' ? '' : code || 'accepted';
  }),
  attack('text of an array', () =>
    window.codeOf(() => window.bulwarkDom.setText(document.createElement('p'), ['a'] as never)) ===
    'dom/not-text'
      ? ''
      : 'accepted',
  ),
  attack('text of a String object', () =>
    window.codeOf(() => window.bulwarkDom.setText(document.createElement('p'), new String('a') as never)) ===
    'dom/not-text'
      ? ''
      : 'accepted',
  ),
  attack('text of a proxy', () => {
    let touched = '';
    const hostile = new Proxy(
      {},
      {
        get: (_target, key) => {
          touched += String(key);
          throw new Error('hostile');
        },
      },
    );
    const code = window.codeOf(() =>
      window.bulwarkDom.setText(document.createElement('p'), hostile as never),
    );
    return code === 'dom/not-text' ? '' : code || touched || 'accepted';
  }),
  attack('text of an object without a prototype', () =>
    window.codeOf(() => window.bulwarkDom.setText(document.createElement('p'), Object.create(null))) ===
    'dom/not-text'
      ? ''
      : 'not refused',
  ),
  attack('text of a node', () =>
    window.codeOf(() =>
      window.bulwarkDom.setText(document.createElement('p'), document.createElement('script') as never),
    ) === 'dom/not-text'
      ? ''
      : 'accepted',
  ),
  attack('text of a revoked proxy', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const code = window.codeOf(() => window.bulwarkDom.setText(document.createElement('p'), proxy as never));
    return code === 'dom/not-text' ? '' : code || 'accepted';
  }),
  attack('text keeps what was there where it is refused', () => {
    const p = document.createElement('p');
    p.textContent = 'before';
    window.codeOf(() => window.bulwarkDom.setText(p, {} as never));
    return p.textContent === 'before' ? '' : p.innerHTML;
  }),
  attack('text for a form with clobbered members', () => {
    const form = document.createElement('form');
    for (const name of [
      'textContent',
      'replaceChildren',
      'append',
      'localName',
      'firstChild',
      'ownerDocument',
      'namespaceURI',
      'nodeType',
    ]) {
      const input = document.createElement('input');
      input.name = name;
      Node.prototype.appendChild.call(form, input);
    }
    document.body.append(form);
    const code = window.codeOf(() => window.bulwarkDom.setText(form, '<b>x</b>'));
    const markup = new XMLSerializer().serializeToString(form);
    Element.prototype.remove.call(form);
    return code === '' && markup.includes('&lt;b&gt;x&lt;/b&gt;') && !markup.includes('<input')
      ? ''
      : `${code} ${markup}`;
  }),
  attack('text for what is no element', () => {
    const codes = [null, {}, document, document.createTextNode('x'), 'p'].map((what) =>
      window.codeOf(() => window.bulwarkDom.setText(what as never, 'x')),
    );
    return codes.every((code) => code !== '') ? '' : `accepted ${codes.join()}`;
  }),
  attack('text for an iframe', () => {
    const frame = document.createElement('iframe');
    const code = window.codeOf(() => window.bulwarkDom.setText(frame, '<script>alert(1)</script>'));
    return code === '' || code === 'dom/unsafe-element' ? '' : code;
  }),
  attack('text for a noscript that is read again', () => {
    const one = document.createElement('noscript');
    const code = window.codeOf(() =>
      window.bulwarkDom.setText(one, '</noscript><img src=x onerror=alert(1)>'),
    );
    return code === 'dom/unsafe-element' || code === '' ? '' : code;
  }),
  use('text of a number, a boolean, a bigint', () => {
    const p = document.createElement('p');
    const seen = [0, 1.5, -0, Number.NaN, true, false, 12n].map((value) => {
      window.bulwarkDom.setText(p, value);
      return p.textContent;
    });
    return seen.join() === '0,1.5,0,NaN,true,false,12' ? '' : seen.join();
  }),
  use('text of null and undefined is nothing', () => {
    const p = document.createElement('p');
    p.textContent = 'before';
    window.bulwarkDom.setText(p, null);
    const first = p.textContent;
    window.bulwarkDom.setText(p, undefined);
    return first === '' && p.textContent === '' ? '' : String(p.textContent);
  }),
  use('text of the empty string', () => {
    const p = document.createElement('p');
    window.bulwarkDom.setText(p, '');
    return p.childNodes.length <= 1 && p.textContent === '' ? '' : 'not empty';
  }),
  use('text with line breaks, tabs and NUL', () => {
    const p = document.createElement('p');
    window.bulwarkDom.setText(p, 'a\r\n\tb\u0000c');
    return p.textContent === 'a\r\n\tb\u0000c' ? '' : JSON.stringify(p.textContent);
  }),
  use('text for a title, a textarea and an option', () => {
    const bad = ['title', 'textarea', 'option', 'button', 'td', 'pre', 'label', 'h1'].filter((tag) => {
      const one = document.createElement(tag);
      return (
        window.codeOf(() => window.bulwarkDom.setText(one, '<b>&amp;')) !== '' ||
        one.textContent !== '<b>&amp;'
      );
    });
    return bad.join();
  }),
  use('text for SVG and MathML', () => {
    const t = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    const m = document.createElementNS('http://www.w3.org/1998/Math/MathML', 'mtext');
    window.bulwarkDom.setText(t, '<a>');
    window.bulwarkDom.setText(m, '<a>');
    return t.textContent === '<a>' && m.textContent === '<a>' ? '' : 'not set';
  }),
  use('text for a custom element', () => {
    const one = document.createElement('x-chart');
    window.bulwarkDom.setText(one, 'a');
    return one.textContent === 'a' ? '' : 'not set';
  }),
  use('text for an element of a frame, of a shadow tree and of a template', () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const inFrame = (frame.contentDocument as Document).createElement('p');
    const root = document.createElement('div').attachShadow({ mode: 'closed' });
    const inShadow = root.appendChild(document.createElement('p'));
    const inTemplate = document.createElement('template').content.appendChild(document.createElement('p'));
    const codes = [inFrame, inShadow, inTemplate].map(
      (one) => window.codeOf(() => window.bulwarkDom.setText(one, 'a')) + one.textContent,
    );
    frame.remove();
    return codes.join() === 'a,a,a' ? '' : codes.join();
  }),
  use(
    'text of a million characters',
    () => {
      const p = document.createElement('p');
      window.bulwarkDom.setText(p, '\u00e9'.repeat(1e6));
      return p.textContent?.length === 1e6 ? '' : 'cut';
    },
    { heavy: true },
  ),
  use('text replaces what was there', () => {
    const p = document.createElement('p');
    p.append('a', document.createElement('b'));
    window.bulwarkDom.setText(p, 'c');
    return p.outerHTML === '<p>c</p>' ? '' : p.outerHTML;
  }),
];
