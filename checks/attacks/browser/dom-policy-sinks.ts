import { attack, type PageCase } from './page-case.ts';

/** Sinks under a default policy that sanitises. */
export const sinkCases: readonly PageCase[] = [
  attack('innerHTML', () => {
    const p = document.body.appendChild(document.createElement('p'));
    p.innerHTML = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    return p.innerHTML === '<img src="x">' ? '' : p.innerHTML;
  }),
  attack('outerHTML and insertAdjacentHTML', () => {
    const box = document.body.appendChild(document.createElement('div'));
    const p = box.appendChild(document.createElement('p'));
    p.insertAdjacentHTML('beforeend', '<b onclick=alert(1)>x</b>');
    const first = p.innerHTML;
    p.outerHTML = '<svg onload=alert(1)></svg><i style=x>y</i>';
    return first === '<b>x</b>' && box.innerHTML === '<i>y</i>' ? '' : first + box.innerHTML;
  }),
  attack('createContextualFragment', () => {
    const f = document
      .createRange()
      .createContextualFragment('<script>alert(1)</script><b onclick=alert(1)>x</b>');
    document.body.append(f);
    return document.body.lastElementChild?.outerHTML === '<b>x</b>'
      ? ''
      : String(document.body.lastElementChild?.outerHTML);
  }),
  attack('srcdoc', () => {
    const f = document.createElement('iframe');
    f.srcdoc = '<script>parent.alert(1)</script><b>x</b>';
    document.body.append(f);
    const got = f.srcdoc;
    f.remove();
    return got.includes('script') ? got : '';
  }),
  attack('srcdoc by setAttribute', () => {
    const f = document.createElement('iframe');
    f.setAttribute('srcdoc', '<script>parent.alert(1)</script>');
    document.body.append(f);
    const got = f.srcdoc;
    f.remove();
    return got.includes('script') ? got : '';
  }),
  attack('DOMParser', () => {
    const d = new DOMParser().parseFromString(
      '<script>alert(1)</script><b onclick=alert(1)>x</b>',
      'text/html',
    );
    return d.querySelector('script,[onclick]') ? d.documentElement.outerHTML : '';
  }),
  attack('DOMParser for SVG', () => {
    let d: Document | undefined;
    const code = window.codeOf(() => {
      d = new DOMParser().parseFromString(
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        'image/svg+xml',
      );
    });
    if (d?.querySelector('script')) {
      document.body.append(document.importNode(d.documentElement, true));
      return 'a script is in it';
    }
    return code ? '' : '';
  }),
  attack('setHTMLUnsafe and parseHTMLUnsafe', () => {
    const p = document.createElement('div') as HTMLElement & { setHTMLUnsafe(markup: string): void };
    p.setHTMLUnsafe(
      '<b onclick=alert(1)>x</b><template shadowrootmode=open><script>alert(1)</script></template>',
    );
    const d = (Document as unknown as { parseHTMLUnsafe(markup: string): Document }).parseHTMLUnsafe(
      '<script>alert(1)</script>',
    );
    return p.innerHTML === '<b>x</b>' && !d.querySelector('script') ? '' : p.innerHTML;
  }),
  attack('innerHTML of a template', () => {
    const t = document.createElement('template');
    t.innerHTML = '<img src=x onerror=alert(1)>';
    document.body.append(t.content.cloneNode(true));
    return t.content.querySelector('[onerror]') ? t.innerHTML : '';
  }),
  attack('innerHTML of a shadow root', () => {
    const r = document.createElement('div').attachShadow({ mode: 'open' });
    r.innerHTML = '<b onclick=alert(1)>x</b>';
    return r.innerHTML === '<b>x</b>' ? '' : r.innerHTML;
  }),
  attack('innerHTML of an svg', () => {
    const s = document.body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
    s.innerHTML = '<script>alert(1)</script><a href="javascript:alert(1)"/>';
    return s.querySelector('script,a[href^=j]') ? s.innerHTML : '';
  }),
  attack('innerHTML of a style and a textarea', () => {
    const s = document.body.appendChild(document.createElement('style'));
    const code = window.codeOf(() => {
      s.innerHTML = '</style><img src=x onerror=alert(1)>';
    });
    return document.body.querySelector('[onerror]') ? code || 'set' : '';
  }),
  attack('text of a script', () => {
    const s = document.createElement('script');
    const codes = [
      () => {
        s.text = 'alert(1)';
      },
      () => {
        s.textContent = 'alert(1)';
      },
      () => {
        Reflect.set(s, 'innerText', 'alert(1)');
      },
    ].map((work) => window.codeOf(work));
    document.body.append(s);
    return codes.every((code) => code === 'dom/script-refused') ? '' : codes.join();
  }),
  attack('a text node in a script', () => {
    const s = document.createElement('script');
    s.append(document.createTextNode('alert(1)'));
    window.codeOf(() => document.body.append(s));
    s.remove();
    return '';
  }),
  // In a timer, as what the debugger evaluates may call eval.
  attack(
    'eval, Function and timers',
    () =>
      new Promise((resolve) =>
        setTimeout(() => {
          const codes = [
            () => Reflect.apply(window['eval' as 'eval'], undefined, ['alert(1)']),
            () => new Function('alert(1)')(),
            () => setTimeout('alert(1)', 0),
            () => setInterval('alert(1)', 1e6),
          ].map((work) => window.codeOf(work));
          resolve(codes.every((code) => code !== '') ? '' : codes.join());
        }, 0),
      ),
  ),
  attack('a handler by setAttribute', () => {
    const p = document.createElement('p');
    const code = window.codeOf(() => p.setAttribute('onclick', 'alert(1)'));
    p.click();
    return code === 'dom/script-refused' ? '' : code || 'set';
  }),
  attack('a script of SVG', () => {
    const s = document.createElementNS('http://www.w3.org/2000/svg', 'script');
    const code = window.codeOf(() => {
      s.href.baseVal = 'data:text/javascript,alert(1)';
    });
    const code2 = window.codeOf(() => s.setAttribute('href', 'data:text/javascript,alert(1)'));
    document.body.append(s);
    return code === 'dom/script-refused' && code2 === 'dom/script-refused' ? '' : `${code} ${code2}`;
  }),
  attack('workers', () => {
    const codes = ['data:text/javascript,1', 'blob:x', 'https://evil.example/w.js'].map((value) =>
      window.codeOf(() => new Worker(value)),
    );
    return codes.every((code) => code === 'dom/script-refused') ? '' : codes.join();
  }),
  attack('a service worker', async () => {
    try {
      await navigator.serviceWorker.register('/evil.js');
      return 'registered';
    } catch (error) {
      return (error as { code?: string }).code === 'dom/script-refused' || error instanceof Error
        ? ''
        : String(error);
    }
  }),
  attack('document.write', () => {
    const f = document.body.appendChild(document.createElement('iframe'));
    const code = window.codeOf(() => f.contentDocument?.write('<script>parent.alert(1)</script>'));
    f.remove();
    return code === '' || code.length > 0 ? '' : code;
  }),
  attack('a javascript: link that is clicked', async () => {
    const a = document.body.appendChild(document.createElement('a'));
    a.href = 'javascript:alert(1)';
    a.click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return '';
  }),
  attack('the policy with objects and proxies', () => {
    const p = document.createElement('p');
    const code = window.codeOf(() => {
      (p as { innerHTML: unknown }).innerHTML = { toString: () => '<img src=x onerror=alert(1)>' };
    });
    return p.querySelector('[onerror]') ? 'set' : code === '' || code.startsWith('dom/') ? '' : code;
  }),
  attack('the default policy twice', () => {
    let second: unknown;
    const code = window.codeOf(() => {
      second = window.bulwarkDom.installDefaultPolicy({ scriptUrls: ['https://evil.example/'] });
    });
    const s = document.createElement('script');
    const code2 = window.codeOf(() => {
      s.src = 'https://evil.example/x.js';
    });
    return code2 === 'dom/script-refused' && (code === 'dom/policy-refused' || second === false)
      ? ''
      : `${code} ${second} ${code2}`;
  }),
  attack('a policy of a name that the CSP does not know', () => {
    const code = window.codeOf(() => window.bulwarkDom.createTrustedTypesPolicy('other'));
    return code === 'dom/policy-refused' ? '' : code || 'made';
  }),
];
