// Executed in the page: nothing here may refer to what is around it.

/** For each markup the shape of what the element holds then, and what in it is dangerous. */
export function runMarkups(list: readonly string[]): { shape: string; residue: string }[] {
  return list.map((markup) => {
    const element = document.body.appendChild(document.createElement('div'));
    const code = window.codeOf(() => window.bulwarkDom.setHtml(element, markup));
    const residue: string[] = [];
    for (const one of element.querySelectorAll('*')) {
      if (one.namespaceURI !== 'http://www.w3.org/1999/xhtml') residue.push(`${one.localName} is foreign`);
      if (
        /^(script|style|i?frame|object|embed|form|input|button|select|textarea|base|meta|link|template|video|audio|source|area|noscript|dialog|canvas)$|-/.test(
          one.localName,
        )
      )
        residue.push(one.localName);
      for (const { name, value } of one.attributes) {
        if (
          /^on|^(style|id|name|srcdoc|ping|is|slot|target|background|attributionsrc|autofocus|popover)$|^data-|[:@]|^(x|v|ng|hx|up)-/.test(
            name,
          )
        )
          residue.push(`${one.localName} ${name}`);
        if (name === 'href' && !/^(https?:|mailto:|tel:)/.test((one as HTMLAnchorElement).protocol))
          residue.push(value);
        if (name === 'src' && /^[\s\w]*script:|^data:(?!image\/(png|gif|jpeg|webp|avif)[;,])/i.test(value))
          residue.push(value);
        if (name === 'srcset' && /script:|data:(?!image\/(png|gif|jpeg|webp|avif)[;,])/i.test(value))
          residue.push(value);
        if (name === 'cite' && !/^(https?:|\/)/.test(value)) residue.push(value);
      }
    }
    const shape = code || window.shapeOf(element);
    for (const one of element.querySelectorAll('*')) (one as HTMLElement).click?.();
    return { shape, residue: residue.join(', ') };
  });
}

/** What is wrong with what each way to set a URL makes of bad and of good ones. */
export function runUrls([bad, good]: readonly [readonly string[], readonly string[]]): string[] {
  const d = window.bulwarkDom;
  const svgA = () => document.createElementNS('http://www.w3.org/2000/svg', 'a');
  const ways: [string, (url: string) => [boolean, string | null, (() => void)?]][] = [
    [
      'a href',
      (url) => {
        const a = document.body.appendChild(document.createElement('a'));
        return [d.setHref(a, url), a.getAttribute('href'), () => a.click()];
      },
    ],
    [
      'area href',
      (url) => {
        const a = document.body.appendChild(document.createElement('area'));
        return [d.setHref(a, url), a.getAttribute('href'), () => a.click()];
      },
    ],
    [
      'svg a href',
      (url) => {
        const a = svgA();
        document.body.append(a);
        return [d.setHref(a, url), a.getAttribute('href'), () => a.dispatchEvent(new MouseEvent('click'))];
      },
    ],
    [
      'form action',
      (url) => {
        const a = document.body.appendChild(document.createElement('form'));
        return [d.setAction(a, url), a.getAttribute('action')];
      },
    ],
    [
      'button formaction',
      (url) => {
        const a = document.createElement('button');
        return [d.setAction(a, url), a.getAttribute('formaction')];
      },
    ],
    [
      'input formaction',
      (url) => {
        const a = document.createElement('input');
        return [d.setAction(a, url), a.getAttribute('formaction')];
      },
    ],
    [
      'setUrl a href',
      (url) => {
        const a = document.createElement('a');
        return [d.setUrl(a, 'HREF', url), a.getAttribute('href')];
      },
    ],
    [
      'blockquote cite',
      (url) => {
        const a = document.createElement('blockquote');
        return [d.setUrl(a, 'cite', url), a.getAttribute('cite')];
      },
    ],
  ];
  const lines: string[] = [];
  const stay = (event: Event) =>
    (event.target as HTMLAnchorElement).protocol !== 'javascript:' && event.preventDefault();
  addEventListener('click', stay);
  for (const [name, way] of ways) {
    for (const url of bad) {
      try {
        const [kept, value, act] = way(url);
        if (kept || value !== 'about:invalid#bulwark')
          lines.push(`attack ${name} ${JSON.stringify(url)}: ${kept} ${value}`);
        act?.();
      } catch (error) {
        lines.push(`attack ${name} ${JSON.stringify(url)}: ${String(error)}`);
      }
    }
    for (const url of good) {
      try {
        const [kept, value] = way(url);
        if (!kept || value !== url) lines.push(`use ${name} ${JSON.stringify(url)}: ${kept} ${value}`);
      } catch (error) {
        lines.push(`use ${name} ${JSON.stringify(url)}: ${String(error)}`);
      }
    }
  }
  return lines;
}
