import { attack, type PageCase, use } from './page-case.ts';

/** `setHtml` with options, in clobbered documents, and where pages use it. */
export const htmlCases: readonly PageCase[] = [
  attack('an option that adds an element', () => {
    const codes = ['script', 'iframe', 'style', 'svg', 'form', 'x-y', 'SCRIPT', 'template', 'object', ''].map(
      (name) =>
        window.codeOf(() =>
          window.bulwarkDom.setHtml(document.createElement('p'), '<script>1</script>', { elements: [name] }),
        ),
    );
    return codes.every((code) => code === 'dom/invalid-option') ? '' : codes.join();
  }),
  attack('an elements option that is no array of names', () => {
    const bad = [['b', 1], {}, 7, ['constructor'], ['__proto__'], ['toString']].filter(
      (elements) =>
        window.codeOf(() =>
          window.bulwarkDom.setHtml(document.createElement('p'), '<b>x</b>', { elements } as never),
        ) !== 'dom/invalid-option',
    );
    return bad.length === 0 ? '' : `no dom/invalid-option for ${JSON.stringify(bad)}`;
  }),
  attack('an elements option that answers differently each time it is read', () => {
    let at = 0;
    const p = document.createElement('div');
    const elements = new Proxy(['b'], {
      get: (target, key, self) =>
        key === '0' ? (at++ < 2 ? 'b' : 'script') : Reflect.get(target, key, self),
    });
    window.codeOf(() =>
      window.bulwarkDom.setHtml(p, '<script>alert(1)</script><b>x</b><i>y</i>', { elements }),
    );
    return p.querySelector('script,i') ? p.innerHTML : '';
  }),
  attack('polluted prototypes give no elements', () => {
    const proto = Object.prototype as unknown as Record<string, unknown>;
    for (const name of [
      'elements',
      'script',
      'onerror',
      'iframe',
      'style',
      'attributes',
      'removeElements',
      'sanitizer',
      'runScripts',
    ])
      proto[name] = name === 'elements' ? ['b', 'script'] : true;
    const p = document.createElement('div');
    const code = window.codeOf(() =>
      window.bulwarkDom.setHtml(
        p,
        '<script>alert(1)</script><iframe></iframe><img src=x onerror=alert(1) style=x>',
      ),
    );
    for (const name of [
      'elements',
      'script',
      'onerror',
      'iframe',
      'style',
      'attributes',
      'removeElements',
      'sanitizer',
      'runScripts',
    ])
      delete proto[name];
    return p.querySelector('script,iframe,[onerror],[style]')
      ? p.innerHTML
      : code === '' || code === 'dom/invalid-option'
        ? ''
        : code;
  }),
  attack('a clobbered document', () => {
    const box = document.createElement('div');
    const p = document.createElement('div');
    for (const name of [
      'createElement',
      'implementation',
      'createTextNode',
      'createDocumentFragment',
      'importNode',
      'defaultView',
      'createTreeWalker',
      'getElementById',
      'querySelector',
      'adoptNode',
      'parseHTMLUnsafe',
    ]) {
      const image = document.createElement('img');
      image.setAttribute('name', name);
      box.append(image);
    }
    document.body.append(box);
    const code = window.codeOf(() => window.bulwarkDom.setHtml(p, '<b>x</b><img src=x onerror=alert(1)>'));
    const markup = p.innerHTML;
    box.remove();
    return code === '' && markup === '<b>x</b><img src="x">' ? '' : `${code} ${markup}`;
  }),
  attack('a form with clobbered members', () => {
    const form = document.body.appendChild(document.createElement('form'));
    for (const name of [
      'replaceChildren',
      'setHTML',
      'append',
      'ownerDocument',
      'localName',
      'namespaceURI',
      'innerHTML',
      'childNodes',
      'firstChild',
      'removeChild',
      'appendChild',
    ]) {
      const input = document.createElement('input');
      input.setAttribute('name', name);
      Node.prototype.appendChild.call(form, input);
    }
    const code = window.codeOf(() => window.bulwarkDom.setHtml(form, '<b>x</b>'));
    const markup = new XMLSerializer().serializeToString(form);
    Element.prototype.remove.call(form);
    return code === '' && markup.endsWith('<b>x</b></form>') && !markup.includes('input')
      ? ''
      : `${code} ${markup}`;
  }),
  attack('custom elements of the page do not run for markup', () => {
    if (!customElements.get('x-run'))
      customElements.define(
        'x-run',
        class extends HTMLElement {
          connectedCallback() {
            (window as { alert(): void }).alert();
          }
        },
      );
    const div = document.body.appendChild(document.createElement('div'));
    window.bulwarkDom.setHtml(div, '<x-run>a</x-run><p is=x-run>b</p>');
    return div.innerHTML.includes('x-run') ? div.innerHTML : '';
  }),
  attack('a table element keeps what fits, and runs nothing', () => {
    const row = document.createElement('tr');
    const code = window.codeOf(() =>
      window.bulwarkDom.setHtml(row, '<td onclick=alert(1)>a</td><td>b</td><script>alert(1)</script>'),
    );
    return row.querySelector('script,[onclick]') || !(code === '' || code === 'dom/unsafe-element')
      ? `${code} ${row.innerHTML}`
      : '';
  }),
  attack('markup from the hash of the URL', () => {
    location.hash = '#<img src=x onerror=alert(1)>';
    const div = document.body.appendChild(document.createElement('div'));
    window.bulwarkDom.setHtml(div, decodeURIComponent(location.hash.slice(1)));
    window.bulwarkDom.setText(div, location.hash);
    const failed = div.childElementCount !== 0;
    location.hash = '';
    return failed ? div.innerHTML : '';
  }),
  attack('markup from a message', async () => {
    const div = document.body.appendChild(document.createElement('div'));
    const got = new Promise<void>((resolve) =>
      addEventListener(
        'message',
        ({ data }) => {
          window.bulwarkDom.setHtml(div, data);
          resolve();
        },
        { once: true },
      ),
    );
    postMessage('<svg><script>alert(1)</script></svg><b onclick=alert(1)>x</b>', '*');
    await got;
    return div.innerHTML === '<b>x</b>' ? '' : div.innerHTML;
  }),
  attack('markup from window.name and storage', () => {
    window.name = '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>a';
    localStorage.setItem('x', '<object data="data:text/html,x"></object>b');
    const div = document.body.appendChild(document.createElement('div'));
    window.bulwarkDom.setHtml(div, window.name + localStorage.getItem('x'));
    return div.innerHTML === 'ab' ? '' : div.innerHTML;
  }),
  attack('re-entrance: a mutation observer sets again', async () => {
    const div = document.body.appendChild(document.createElement('div'));
    let times = 0;
    const observer = new MutationObserver(() => {
      if (times++ < 3) window.bulwarkDom.setHtml(div, '<i>z</i><img src=x onerror=alert(1)>');
    });
    observer.observe(div, { childList: true, subtree: true });
    window.bulwarkDom.setHtml(div, '<b>x</b>');
    await new Promise((resolve) => setTimeout(resolve, 30));
    observer.disconnect();
    return div.innerHTML === '<i>z</i><img src="x">' ? '' : div.innerHTML;
  }),
  use('markup with a choice of elements keeps the text of the others', () => {
    const p = document.createElement('div');
    window.bulwarkDom.setHtml(p, '<p>a <b>b</b> <i>c</i> <code>d</code></p>', {
      elements: ['p', 'b', 'i', 'a'],
    });
    return p.innerHTML === '<p>a <b>b</b> <i>c</i> d</p>' ? '' : p.innerHTML;
  }),
  use('a choice of no elements', () => {
    const p = document.createElement('div');
    window.bulwarkDom.setHtml(p, '<p>a <b>b</b></p>', { elements: [] });
    return p.innerHTML === 'a b' ? '' : p.innerHTML;
  }),
  use('markup replaces what was there', () => {
    const p = document.createElement('div');
    p.append('x', document.createElement('i'));
    window.bulwarkDom.setHtml(p, '<b>a</b>');
    return p.innerHTML === '<b>a</b>' ? '' : p.innerHTML;
  }),
  use(
    'markup of 99,000 nodes',
    () => {
      const p = document.createElement('div');
      const code = window.codeOf(() => window.bulwarkDom.setHtml(p, '<br>'.repeat(99_000)));
      return code || (p.childNodes.length === 99_000 ? '' : 'lost');
    },
    { heavy: true },
  ),
  use(
    'markup of 2,000,000 characters',
    () => {
      const p = document.createElement('div');
      const code = window.codeOf(() => window.bulwarkDom.setHtml(p, 'a'.repeat(2_000_000)));
      return code || (p.textContent?.length === 2_000_000 ? '' : 'lost');
    },
    { heavy: true },
  ),
  use('markup in a shadow tree, a frame, and detached', () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const inFrame = (frame.contentDocument as Document).createElement('div');
    const inShadow = document
      .createElement('div')
      .attachShadow({ mode: 'open' })
      .appendChild(document.createElement('div'));
    const seen = [inFrame, inShadow, document.createElement('div')].map(
      (one) =>
        window.codeOf(() => window.bulwarkDom.setHtml(one, '<b>a</b>')) +
        one.innerHTML +
        (one.firstChild?.ownerDocument === one.ownerDocument),
    );
    frame.remove();
    return seen.every((one) => one === '<b>a</b>true') ? '' : seen.join();
  }),
  use('depth of 90 is kept', () => {
    const p = document.createElement('div');
    window.bulwarkDom.setHtml(p, `${'<div>'.repeat(90)}x`);
    return p.querySelectorAll('div').length === 90 ? '' : `${p.querySelectorAll('div').length}`;
  }),
  use('markup in a button, a label, a list item and a cell', () => {
    const bad = [
      'button',
      'label',
      'li',
      'td',
      'section',
      'article',
      'main',
      'span',
      'p',
      'x-card',
      'dialog',
    ].filter((tag) => {
      const one = document.createElement(tag);
      return (
        window.codeOf(() => window.bulwarkDom.setHtml(one, '<b>x</b>')) !== '' || one.innerHTML !== '<b>x</b>'
      );
    });
    return bad.join();
  }),
];
