import { attack, type PageCase, use } from './page-case.ts';

/** `readJson` with scripts that are none, and with others. */
export const jsonCases: readonly PageCase[] = [
  attack('JSON of another element', () => {
    const div = document.body.appendChild(document.createElement('div'));
    div.id = 'j1';
    div.textContent = '{"a":1}';
    const code = window.codeOf(() => window.bulwarkDom.readJson('j1'));
    div.remove();
    return code === 'dom/not-json' ? '' : code || 'read';
  }),
  attack('JSON twice', () => {
    const two = [1, 2].map((a) => {
      const s = document.body.appendChild(document.createElement('script'));
      s.type = 'application/json';
      s.id = 'j2';
      s.append(document.createTextNode(`{"a":${a}}`));
      return s;
    });
    const code = window.codeOf(() => window.bulwarkDom.readJson('j2'));
    for (const one of two) one.remove();
    return code === 'dom/not-json' ? '' : code || 'read';
  }),
  attack('an element of the same id before the script does not stand in', () => {
    const div = document.body.appendChild(document.createElement('div'));
    div.id = 'j3';
    div.textContent = '{"a":"evil"}';
    const s = document.body.appendChild(document.createElement('script'));
    s.type = 'application/json';
    s.id = 'j3';
    s.append('{"a":"good"}');
    let got: unknown;
    const code = window.codeOf(() => {
      got = window.bulwarkDom.readJson('j3');
    });
    div.remove();
    s.remove();
    return code === 'dom/not-json' || JSON.stringify(got) === '{"a":"good"}'
      ? ''
      : `${code} ${JSON.stringify(got)}`;
  }),
  attack('JSON in an SVG script', () => {
    const s = document.createElementNS('http://www.w3.org/2000/svg', 'script');
    s.setAttribute('type', 'application/json');
    s.id = 'j4';
    s.append('{"a":1}');
    const box = document.body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
    box.append(s);
    const code = window.codeOf(() => window.bulwarkDom.readJson('j4'));
    box.remove();
    return code === 'dom/not-json' ? '' : code || 'read';
  }),
  attack('JSON in a script of another type', () =>
    ['text/javascript', '', 'module', 'application/ld+json', 'importmap', 'application/json; x']
      .map((type) => {
        const s = document.createElement('template');
        s.remove();
        const one = document.createElement('script');
        one.setAttribute('type', type || 'text/plain');
        one.id = 'j5';
        one.append('0');
        document.body.append(one);
        const code = window.codeOf(() => window.bulwarkDom.readJson('j5'));
        one.remove();
        return code === 'dom/not-json' ? '' : `${type} ${code || 'read'} `;
      })
      .join(''),
  ),
  attack('JSON in a shadow tree or a template is not found', () => {
    const host = document.body.appendChild(document.createElement('div'));
    const s = document.createElement('script');
    s.type = 'application/json';
    s.id = 'j6';
    s.append('1');
    host.attachShadow({ mode: 'open' }).append(s);
    const code = window.codeOf(() => window.bulwarkDom.readJson('j6'));
    host.remove();
    return code === 'dom/not-json' ? '' : code || 'read';
  }),
  attack('JSON that is none', () =>
    ['', '{', 'undefined', "{'a':1}", '<!-- {} -->', 'NaN', '[1,]', '\u00a0{}']
      .map((text) => {
        const s = document.createElement('script');
        s.type = 'application/json';
        s.id = 'j7';
        s.append(text);
        document.body.append(s);
        const code = window.codeOf(() => window.bulwarkDom.readJson('j7'));
        s.remove();
        return code === 'dom/not-json' ? '' : `${text} ${code || 'read'}; `;
      })
      .join(''),
  ),
  attack('JSON with __proto__ pollutes nothing', () => {
    const s = document.createElement('script');
    s.type = 'application/json';
    s.id = 'j8';
    s.append('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    document.body.append(s);
    const got = window.bulwarkDom.readJson('j8') as { polluted?: number };
    s.remove();
    return 'polluted' in {} || (got.polluted !== undefined && Object.getPrototypeOf(got) !== Object.prototype)
      ? 'polluted'
      : '';
  }),
  attack('an id with the syntax of a selector', () =>
    ['*', 'x,script', '#y', 'x"]', 'a b', '', '\\', 'x\u0000y', '__proto__', 'constructor']
      .map((id) => {
        const code = window.codeOf(() => window.bulwarkDom.readJson(id));
        return code === 'dom/not-json' ? '' : `${id} ${code || 'read'}; `;
      })
      .join(''),
  ),
  attack('a schema that refuses', () => {
    const s = document.createElement('script');
    s.type = 'application/json';
    s.id = 'j9';
    s.append('1');
    document.body.append(s);
    const code = window.codeOf(() =>
      window.bulwarkDom.readJson('j9', { '~standard': { version: 1, validate: () => ({ issues: [{}] }) } }),
    );
    s.remove();
    return code === 'dom/not-json' ? '' : code || 'read';
  }),
  attack('a schema with a promise', () => {
    const s = document.createElement('script');
    s.type = 'application/json';
    s.id = 'j10';
    s.append('1');
    document.body.append(s);
    const code = window.codeOf(() =>
      window.bulwarkDom.readJson('j10', {
        '~standard': { version: 1, validate: () => Promise.resolve({ value: 1 }) },
      }),
    );
    s.remove();
    return code === 'dom/invalid-option' ? '' : code || 'read';
  }),
  attack('a clobbered document does not change what JSON is read', () => {
    const s = document.createElement('script');
    s.type = 'application/json';
    s.id = 'j11';
    s.append('{"a":"good"}');
    const box = document.createElement('div');
    for (const name of [
      'getElementById',
      'querySelectorAll',
      'querySelector',
      'scripts',
      'documentElement',
      'getElementsByTagName',
      'all',
    ]) {
      const image = document.createElement('img');
      image.setAttribute('name', name);
      box.append(image);
    }
    document.body.append(s, box);
    let got: unknown;
    const code = window.codeOf(() => {
      got = window.bulwarkDom.readJson('j11');
    });
    box.remove();
    s.remove();
    return JSON.stringify(got) === '{"a":"good"}' ? '' : `${code} ${JSON.stringify(got)}`;
  }),
  use('JSON of all kinds', () =>
    ['{"a":[1,null,true,"x"]}', '[]', 'null', '"a"', '0', ' \n{"a":1}\n ', '{"a":"\\u003c/script>"}']
      .map((text) => {
        const s = document.createElement('script');
        s.type = 'application/json';
        s.id = 'u1';
        s.append(text);
        document.body.append(s);
        let got: unknown;
        const code = window.codeOf(() => {
          got = window.bulwarkDom.readJson('u1');
        });
        s.remove();
        return code === '' && JSON.stringify(got) === JSON.stringify(JSON.parse(text))
          ? ''
          : `${text} ${code}; `;
      })
      .join(''),
  ),
  use('JSON with a schema', () => {
    const s = document.createElement('script');
    s.type = 'application/json';
    s.id = 'u2';
    s.append('{"a":1}');
    document.body.append(s);
    const got = window.bulwarkDom.readJson('u2', {
      '~standard': { version: 1, validate: (value) => ({ value: { seen: value } }) },
    });
    s.remove();
    return JSON.stringify(got) === '{"seen":{"a":1}}' ? '' : JSON.stringify(got);
  }),
  use('ids with unusual letters', () =>
    ['user:1', 'a.b', 'a b', '1x', '\u00fc', 'x"y']
      .map((id) => {
        const s = document.createElement('script');
        s.type = 'application/json';
        s.id = id;
        s.append('1');
        document.body.append(s);
        let got: unknown;
        const code = window.codeOf(() => {
          got = window.bulwarkDom.readJson(id);
        });
        s.remove();
        return got === 1 ? '' : `${id} ${code}; `;
      })
      .join(''),
  ),
  use('a type with capitals is JSON too', () => {
    const s = document.createElement('script');
    s.setAttribute('type', 'Application/JSON');
    s.id = 'u3';
    s.append('1');
    document.body.append(s);
    let got: unknown;
    const code = window.codeOf(() => {
      got = window.bulwarkDom.readJson('u3');
    });
    s.remove();
    return got === 1 ? '' : code;
  }),
];
