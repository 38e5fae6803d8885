import { attack, type PageCase, use } from './page-case.ts';

/** `on` in clobbered documents, and where pages use it. */
export const eventCases: readonly PageCase[] = [
  attack('a listener of text', () => {
    const code = window.codeOf(() => window.bulwarkDom.on(document, 'click', 'b', 'alert(1)' as never));
    return code ? '' : 'accepted';
  }),
  attack('a listener that is an object with handleEvent', () => {
    const code = window.codeOf(() =>
      window.bulwarkDom.on(document, 'click', 'b', { handleEvent() {} } as never),
    );
    return code ? '' : 'accepted, while the table says a function';
  }),
  attack('no listener for what is out of the root', () => {
    const root = document.body.appendChild(document.createElement('div'));
    root.className = 'outer';
    const inner = root
      .appendChild(document.createElement('section'))
      .appendChild(document.createElement('b'));
    let hit = 0;
    const off = window.bulwarkDom.on(root.firstElementChild as Element, 'click', '.outer', () => hit++);
    inner.click();
    off();
    root.remove();
    return hit === 0 ? '' : 'an element above the root was found';
  }),
  attack('events of a form whose members are clobbered', () => {
    const form = document.createElement('form');
    for (const name of ['addEventListener', 'removeEventListener', 'contains', 'getRootNode', 'nodeType']) {
      const input = document.createElement('input');
      input.setAttribute('name', name);
      Node.prototype.appendChild.call(form, input);
    }
    const b = form.appendChild(document.createElement('b'));
    document.body.append(form);
    let hit = 0;
    const code = window.codeOf(() => {
      const off = window.bulwarkDom.on(form, 'click', 'b', () => hit++);
      b.click();
      off();
      b.click();
    });
    Element.prototype.remove.call(form);
    return code === '' && hit === 1 ? '' : `${code} called ${hit} times`;
  }),
  attack('events of a document whose members are clobbered', () => {
    const box = document.createElement('div');
    for (const name of [
      'addEventListener',
      'removeEventListener',
      'contains',
      'querySelector',
      'defaultView',
    ]) {
      const image = document.createElement('img');
      image.setAttribute('name', name);
      box.append(image);
    }
    const b = document.createElement('b');
    document.body.append(box, b);
    let hit = 0;
    const code = window.codeOf(() => {
      const off = window.bulwarkDom.on(document, 'click', 'b', () => hit++);
      b.click();
      off();
      b.click();
    });
    box.remove();
    b.remove();
    return code === '' && hit === 1 ? '' : `${code} called ${hit} times`;
  }),
  attack('an event from within a form whose members are clobbered', () => {
    const form = document.createElement('form');
    form.className = 'found';
    for (const name of [
      'closest',
      'matches',
      'parentElement',
      'parentNode',
      'contains',
      'nodeType',
      'localName',
      'target',
    ]) {
      const input = document.createElement('input');
      input.setAttribute('name', name);
      Node.prototype.appendChild.call(form, input);
    }
    const b = form.appendChild(document.createElement('b'));
    document.body.append(form);
    let hit = 0;
    const off = window.bulwarkDom.on(document, 'click', '.found', () => hit++);
    b.click();
    form.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    off();
    Element.prototype.remove.call(form);
    return hit === 2 ? '' : `called ${hit} times`;
  }),
  attack('ending a listener when removeEventListener was clobbered later', () => {
    const form = document.createElement('form');
    const b = form.appendChild(document.createElement('b'));
    document.body.append(form);
    let hit = 0;
    const off = window.bulwarkDom.on(form, 'click', 'b', () => hit++);
    const input = document.createElement('input');
    input.name = 'removeEventListener';
    form.append(input);
    const code = window.codeOf(off);
    b.click();
    form.remove();
    return code === '' && hit === 0 ? '' : `${code} called ${hit} times`;
  }),
  attack('the guard in a page where every member of document is an image', () => {
    const box = document.createElement('div');
    const p = document.createElement('p');
    const a = document.createElement('a');
    const s = document.createElement('script');
    s.type = 'application/json';
    s.id = 'cl';
    s.append('7');
    const names = Object.getOwnPropertyNames(Document.prototype).concat(
      Object.getOwnPropertyNames(Node.prototype),
      Object.getOwnPropertyNames(EventTarget.prototype),
    );
    for (const name of names) {
      const image = document.createElement('img');
      image.setAttribute('name', name);
      box.append(image);
    }
    document.body.append(s, p, a, box);
    let json: unknown;
    const codes = [
      window.codeOf(() => window.bulwarkDom.setText(p, 'x')),
      window.codeOf(() => window.bulwarkDom.setHtml(p, '<b>x</b>')),
      window.codeOf(() => window.bulwarkDom.setHref(a, 'javascript:alert(1)')),
      window.codeOf(() => window.bulwarkDom.setAttribute(p, 'title', 'x')),
      window.codeOf(() => {
        json = window.bulwarkDom.readJson('cl');
      }),
      window.codeOf(() => window.bulwarkDom.on(p, 'click', 'b', () => {})()),
    ];
    for (const one of [box, s, p, a]) one.remove();
    return codes.join('') === '' &&
      json === 7 &&
      p.outerHTML === '<p title="x"><b>x</b></p>' &&
      a.outerHTML === '<a href="about:invalid#bulwark"></a>'
      ? ''
      : `${codes.join()} ${json} ${p.outerHTML} ${a.outerHTML}`;
  }),
  attack('a form where every member of an element is an input', () => {
    const form = document.createElement('form');
    const names = [Element, Node, EventTarget, HTMLElement, HTMLFormElement].flatMap((one) =>
      Object.getOwnPropertyNames(one.prototype),
    );
    for (const name of names) {
      const input = document.createElement('input');
      input.setAttribute('name', name);
      Node.prototype.appendChild.call(form, input);
    }
    Node.prototype.appendChild.call(document.body, form);
    const codes = [
      window.codeOf(() => window.bulwarkDom.setAttribute(form, 'title', 'x')),
      window.codeOf(() => window.bulwarkDom.setAttribute(form, 'onclick', 'x')),
      window.codeOf(() => window.bulwarkDom.setAction(form, 'javascript:alert(1)')),
      window.codeOf(() => window.bulwarkDom.setUrl(form, 'action', 'javascript:alert(1)')),
      window.codeOf(() => window.bulwarkDom.setAttribute(form, 'title', null)),
      window.codeOf(() => window.bulwarkDom.setHtml(form, '<b>x</b>')),
      window.codeOf(() => window.bulwarkDom.setText(form, 'x')),
    ];
    const markup = new XMLSerializer().serializeToString(form);
    Element.prototype.remove.call(form);
    return codes.join() === ',dom/unsafe-attribute,,,,,' &&
      markup.endsWith('action="about:invalid#bulwark">x</form>')
      ? ''
      : `${codes.join()} ${markup.slice(-300)}`;
  }),
  use('clicks on what comes later, and on what is in it', () => {
    let got = '';
    const off = window.bulwarkDom.on(document, 'click', 'button[data-id]', (_event, button) => {
      got += button.dataset['id'];
    });
    const button = document.body.appendChild(document.createElement('button'));
    button.setAttribute('data-id', '4');
    button.appendChild(document.createElement('b')).click();
    button.click();
    off();
    button.click();
    button.remove();
    return got === '44' ? '' : got;
  }),
  use('focus, input, change and submit', () => {
    const form = document.body.appendChild(document.createElement('form'));
    const input = form.appendChild(document.createElement('input'));
    let got = '';
    const offs = (['focusin', 'input', 'change', 'submit'] as const).map((type) =>
      window.bulwarkDom.on(document, type, type === 'submit' ? 'form' : 'input', (event) => {
        got += `${type} `;
        event.preventDefault();
      }),
    );
    input.focus();
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
    form.requestSubmit();
    for (const off of offs) off();
    form.remove();
    return got === 'focusin input change submit ' ? '' : got;
  }),
  use('events that do not bubble', () => {
    const details = document.body.appendChild(document.createElement('details'));
    let hit = 0;
    const offs = (['toggle', 'focus', 'load', 'mouseenter'] as const).map((type) =>
      window.bulwarkDom.on(document, type as 'focus', 'details', () => hit++),
    );
    for (const type of ['toggle', 'focus']) details.dispatchEvent(new Event(type));
    for (const off of offs) off();
    details.remove();
    return hit === 2 ? '' : `the listener was called ${hit} times for 2 events of what the selector finds`;
  }),
  use('two listeners, and one that throws', () => {
    let hit = 0;
    const a = window.bulwarkDom.on(document.body, 'click', 'b', () => hit++);
    const b = window.bulwarkDom.on(document.body, 'click', 'b', () => hit++);
    const one = document.body.appendChild(document.createElement('b'));
    one.click();
    a();
    a();
    one.click();
    b();
    one.remove();
    return hit === 3 ? '' : `${hit}`;
  }),
  use('a click in an open shadow tree', () => {
    const host = document.body.appendChild(document.createElement('div'));
    const root = host.attachShadow({ mode: 'open' });
    const b = root.appendChild(document.createElement('b'));
    let hit = 0;
    const off = window.bulwarkDom.on(root, 'click', 'b', () => hit++);
    b.click();
    off();
    host.remove();
    return hit === 1 ? '' : `${hit}`;
  }),
  use('a click on SVG', () => {
    const svg = document.body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
    const path = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'path'));
    let hit = 0;
    const off = window.bulwarkDom.on(document, 'click', 'svg', () => hit++);
    path.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    off();
    svg.remove();
    return hit === 1 ? '' : `${hit}`;
  }),
];
