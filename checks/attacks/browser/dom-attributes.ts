import { attack, type PageCase, use } from './page-case.ts';

/** `setAttribute` with names that are more than text, and with others. */
export const attributeCases: readonly PageCase[] = [
  attack('an attribute of a clobbered form', () => {
    const form = document.body.appendChild(document.createElement('form'));
    for (const name of [
      'setAttribute',
      'attributes',
      'localName',
      'namespaceURI',
      'removeAttribute',
      'action',
      'setAttributeNS',
    ]) {
      const input = document.createElement('input');
      input.setAttribute('name', name);
      Node.prototype.appendChild.call(form, input);
    }
    const codes = [
      window.codeOf(() => window.bulwarkDom.setAttribute(form, 'title', 'x')),
      window.codeOf(() => window.bulwarkDom.setAttribute(form, 'onsubmit', 'alert(1)')),
      window.codeOf(() => window.bulwarkDom.setAction(form, '/save')),
    ];
    const seen = ['title', 'action'].map((name) => Element.prototype.getAttribute.call(form, name)).join();
    form.remove();
    return codes.join() === ',dom/unsafe-attribute,' && seen === 'x,/save' ? '' : `${codes.join()} ${seen}`;
  }),
  attack('an attribute name that changes as it is read', () => {
    let at = 0;
    const p = document.createElement('p');
    const code = window.codeOf(() =>
      window.bulwarkDom.setAttribute(
        p,
        { toString: () => (at++ ? 'onclick' : 'title') } as never,
        'alert(1)',
      ),
    );
    return p.hasAttribute('onclick') ? 'set' : code ? '' : 'accepted an object as a name';
  }),
  attack('an attribute of an object', () => {
    const p = document.createElement('p');
    const code = window.codeOf(() => window.bulwarkDom.setAttribute(p, 'title', {} as never));
    return code === 'dom/not-text' ? '' : code || 'accepted';
  }),
  attack('an attribute of a custom element that reacts', () => {
    if (!customElements.get('x-react'))
      customElements.define(
        'x-react',
        class extends HTMLElement {
          static observedAttributes = ['data-x', 'onclick', 'html'];
          attributeChangedCallback(name: string) {
            if (name === 'onclick') (window as { alert(): void }).alert();
          }
        },
      );
    const one = document.createElement('x-react');
    return window.codeOf(() => window.bulwarkDom.setAttribute(one, 'onclick', 'x')) === 'dom/unsafe-attribute'
      ? ''
      : 'accepted';
  }),
  attack('href through setAttribute', () => {
    const a = document.createElement('a');
    const code = window.codeOf(() => window.bulwarkDom.setAttribute(a, 'href', 'javascript:alert(1)'));
    return a.protocol === 'javascript:' ? 'set' : code === '' || code === 'dom/unsafe-attribute' ? '' : code;
  }),
  attack('an attribute in a document of XML keeps its case', () => {
    const d = document.implementation.createDocument('http://www.w3.org/1999/xhtml', 'html', null);
    const codes = ['onclick', 'ONCLICK', 'OnClick', 'STYLE', 'SrcDoc'].map((name) =>
      window.codeOf(() => window.bulwarkDom.setAttribute(d.createElement('p'), name, 'x')),
    );
    return codes.every((code) => code === 'dom/unsafe-attribute') ? '' : codes.join();
  }),
  use('attributes that pages set', () => {
    const bad = Object.entries({
      title: 'a',
      alt: 'a',
      'aria-label': 'a',
      'aria-expanded': 'true',
      'data-id': '42',
      role: 'button',
      class: 'a b',
      lang: 'de',
      dir: 'rtl',
      hidden: '',
      tabindex: '0',
      id: 'x1',
      placeholder: 'a',
      width: '3',
      draggable: 'true',
      translate: 'no',
      'data-user-name': '"<>',
    }).filter(([name, value]) => {
      const p = document.createElement('p');
      return (
        window.codeOf(() => window.bulwarkDom.setAttribute(p, name, value)) !== '' ||
        p.getAttribute(name) !== value
      );
    });
    return bad.join(' ');
  }),
  use('attributes of forms', () => {
    const bad = Object.entries({
      value: '"><script>',
      placeholder: 'x',
      maxlength: '3',
      min: '1',
      max: '9',
      step: '0.1',
      pattern: '[a-z]+',
      name: 'q',
      type: 'text',
      autocomplete: 'off',
      checked: '',
      disabled: '',
      required: '',
      readonly: '',
      inputmode: 'numeric',
      list: 'x',
      size: '3',
    }).filter(([name, value]) => {
      const p = document.createElement('input');
      return (
        window.codeOf(() => window.bulwarkDom.setAttribute(p, name, value)) !== '' ||
        p.getAttribute(name) !== value
      );
    });
    return bad.join(' ');
  }),
  use('attributes of a picture in SVG', () => {
    const bad = Object.entries({
      viewBox: '0 0 9 9',
      width: '9',
      height: '9',
      class: 'icon',
      'aria-hidden': 'true',
      role: 'img',
      'stroke-width': '2',
    }).filter(([name, value]) => {
      const p = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      return (
        window.codeOf(() => window.bulwarkDom.setAttribute(p, name, value)) !== '' ||
        p.getAttribute(name) !== value
      );
    });
    return bad.join(' ');
  }),
  use('the path of an icon', () => {
    const p = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    const code = ['d', 'fill', 'stroke'].map((name) =>
      window.codeOf(() => window.bulwarkDom.setAttribute(p, name, name === 'd' ? 'M0 0h9v9z' : 'red')),
    );
    return code.join('') || (p.getAttribute('d') === 'M0 0h9v9z' ? '' : p.outerHTML);
  }),
  use('a number, and null', () => {
    const p = document.createElement('p');
    window.bulwarkDom.setAttribute(p, 'data-x', 5);
    const first = p.getAttribute('data-x');
    window.bulwarkDom.setAttribute(p, 'data-x', null);
    return first === '5' && !p.hasAttribute('data-x') ? '' : p.outerHTML;
  }),
  use('the open attribute of details and dialogs', () =>
    ['details', 'dialog']
      .map((tag) =>
        window.codeOf(() => window.bulwarkDom.setAttribute(document.createElement(tag), 'open', '')),
      )
      .join(''),
  ),
  use('cells, times, labels, options, meters', () =>
    (
      [
        ['td', 'colspan', '2'],
        ['th', 'scope', 'row'],
        ['time', 'datetime', '2026-01-01'],
        ['label', 'for', 'x'],
        ['option', 'value', 'x'],
        ['meter', 'value', '0.5'],
        ['progress', 'max', '9'],
        ['ol', 'start', '3'],
        ['img', 'loading', 'lazy'],
        ['a', 'hreflang', 'de'],
        ['a', 'download', 'x.pdf'],
        ['video', 'controls', ''],
        ['textarea', 'rows', '3'],
        ['button', 'type', 'button'],
      ] as const
    )
      .filter(([tag, name, value]) => {
        const one = document.createElement(tag);
        return (
          window.codeOf(() => window.bulwarkDom.setAttribute(one, name, value)) !== '' ||
          one.getAttribute(name) !== value
        );
      })
      .join(' '),
  ),
];
