import { attack, type PageCase } from './page-case.ts';

/** Names, documents and pages that make one thing look like another. */
export const oddNameCases: readonly PageCase[] = [
  attack('names of attributes with other letters', () => {
    const a = document.createElement('a');
    const codes = [
      '\uff28\uff32\uff25\uff26',
      'href\u0000',
      'hre\u017f',
      'hr\u0435f',
      ' href',
      'href ',
      'href\n',
      '\thref',
      'x:href',
      '',
      'h ref',
      'href="x" onclick',
      'href/onclick',
      'on\u212aeydown',
      'onclic\u212a',
    ].map((name) => window.codeOf(() => window.bulwarkDom.setUrl(a, name, 'javascript:alert(1)')));
    return a.attributes.length === 0 && codes.every((code) => code !== '')
      ? ''
      : `${codes.join()} ${a.outerHTML}`;
  }),
  attack('names for setAttribute with other letters', () => {
    const p = document.createElement('p');
    const bad = [
      'on\u212aeydown',
      'onclic\u212a',
      'ON\u0130X',
      '\u017ftyle',
      '\u017frcdoc',
      'onclick ',
      ' onclick',
      'onclick\u0000',
      'onclick\n',
      'title onclick',
      'title/onclick',
      'title=x onclick',
      '',
      '"',
      '<',
      '=onclick',
      '\u200bonclick',
      'onclick\u200b',
      'xmlns',
      'xmlns:xlink',
    ].filter((name) => window.codeOf(() => window.bulwarkDom.setAttribute(p, name, 'alert(1)')) === '');
    const left = [...p.attributes].filter(({ name }) =>
      /^on|^style$|^srcdoc$/i.test(name.normalize('NFKC').trim()),
    );
    p.click();
    return left.length
      ? left.map(({ name }) => name).join()
      : bad.filter((name) => /[\s"'<>/=]/.test(name) || name.includes('\u0000') || name === '').join();
  }),
  attack('a link in another document', () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const a = (frame.contentDocument as Document).createElement('a');
    const kept = window.bulwarkDom.setHref(a, 'javascript:parent.alert(1)');
    frame.contentDocument?.body.append(a);
    const got = a.getAttribute('href');
    frame.remove();
    return !kept && got === 'about:invalid#bulwark' ? '' : String(got);
  }),
  attack('a link that is moved from a document of XML', () => {
    const d = document.implementation.createDocument('http://www.w3.org/1999/xhtml', 'html', null);
    const a = d.createElementNS('http://www.w3.org/1999/xhtml', 'a') as HTMLAnchorElement;
    const codes = ['HREF', 'href', 'Href'].map((name) =>
      window.codeOf(() => window.bulwarkDom.setUrl(a, name, 'javascript:alert(1)')),
    );
    return [...a.attributes].some(({ value }) => value.startsWith('java'))
      ? `${codes.join()} ${a.outerHTML}`
      : '';
  }),
  attack('an element with a prefix is taken for what it is', () => {
    const s = document.createElementNS('http://www.w3.org/1999/xhtml', 'a:script');
    const codes = ['src', 'href'].map((name) =>
      window.codeOf(() => window.bulwarkDom.setUrl(s, name, '/x.js')),
    );
    return codes.every((code) => code !== '') ? '' : codes.join();
  }),
  attack('a link whose setter re-enters', () => {
    if (!customElements.get('a-again'))
      customElements.define(
        'a-again',
        class extends HTMLElement {
          static observedAttributes = ['title'];
          attributeChangedCallback() {
            if (this.getAttribute('title') === 'x') window.bulwarkDom.setAttribute(this, 'title', 'y');
          }
        },
      );
    const one = document.createElement('a-again');
    window.bulwarkDom.setAttribute(one, 'title', 'x');
    return one.getAttribute('title') === 'y' ? '' : String(one.getAttribute('title'));
  }),
  attack('markup for tables, selects and their like runs nothing', () =>
    [
      'table',
      'tbody',
      'tr',
      'colgroup',
      'select',
      'option',
      'optgroup',
      'datalist',
      'frameset',
      'head',
      'html',
      'body',
      'caption',
      'fieldset',
      'legend',
      'marquee',
      'video',
      'audio',
      'canvas',
      'picture',
      'math',
      'col',
      'br',
      'img',
      'input',
      'hr',
      'meta',
      'link',
      'base',
      'area',
      'embed',
      'param',
      'menuitem',
      'slot',
    ]
      .flatMap((tag) => {
        const one = document.createElement(tag);
        const code = window.codeOf(() =>
          window.bulwarkDom.setHtml(
            one,
            '</select></table><tr><td><img src=x onerror=alert(1)><script>alert(1)</script></td></tr><option>x</option>',
          ),
        );
        return one.querySelector('script,[onerror]') || (code !== '' && code !== 'dom/unsafe-element')
          ? [`${tag} ${code} ${one.innerHTML}`]
          : [];
      })
      .join('; '),
  ),
  attack('a deep tree of clobbering names in markup is not kept', () => {
    const p = document.createElement('div');
    window.bulwarkDom.setHtml(
      p,
      ['getElementById', 'body', 'x']
        .map(
          (name) =>
            `<a id=${name} name=${name} href=/>x</a><img name=${name} id=${name} src=x><p id=${name}>x</p>`,
        )
        .join(''),
    );
    return p.querySelector('[id],[name]') ? p.innerHTML : '';
  }),
  attack('two frames at once set the same element', async () => {
    const p = document.body.appendChild(document.createElement('div'));
    await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        await null;
        window.bulwarkDom.setHtml(p, `<b onclick=alert(1)>${at}</b><img src=x onerror=alert(1)>`);
      }),
    );
    return p.innerHTML === '<b>49</b><img src="x">' ? '' : p.innerHTML;
  }),
  attack('polluted prototypes make no attribute safe', () => {
    const proto = Object.prototype as unknown as Record<string, unknown>;
    const names = [
      'onclick',
      'style',
      'srcdoc',
      'script',
      'javascript:',
      'p',
      'a',
      'href',
      'src',
      'get',
      'value',
    ];
    for (const name of names) if (name !== 'get' && name !== 'value') proto[name] = true;
    const p = document.createElement('p');
    const a = document.createElement('a');
    const s = document.createElement('script');
    const codes = [
      () => window.bulwarkDom.setAttribute(p, 'onclick', 'x'),
      () => window.bulwarkDom.setAttribute(p, 'style', 'x'),
      () => window.bulwarkDom.setAttribute(s, 'src', 'x'),
      () => window.bulwarkDom.setText(s, 'x'),
    ].map((work) => window.codeOf(work));
    window.codeOf(() => window.bulwarkDom.setHref(a, 'javascript:alert(1)'));
    for (const name of names) delete proto[name];
    return codes.join() ===
      'dom/unsafe-attribute,dom/unsafe-attribute,dom/unsafe-attribute,dom/unsafe-element' &&
      a.getAttribute('href') === 'about:invalid#bulwark'
      ? ''
      : `${codes.join()} ${a.outerHTML}`;
  }),
];
