import type { Tree } from './written-tree.ts';

export interface Item {
  id: string;
  markup: string;
  /** The tree as it is written, as JSON with the attributes in order. */
  tree: string;
  tags: string[];
  /** What `*` and an element may carry; empty for the picture preset, which is examined by rules of its own. */
  attributes: Record<string, readonly string[]>;
  styles: readonly string[];
  idPrefix: string;
  picture: boolean;
  /** Whether the places are tried where the page's own elements can be closed. */
  elsewhere: boolean;
  /** Hosts of images are not examined where the preset keeps images. */
  not?: string;
}

export interface Examined {
  id: string;
  faults: string[];
}

/** Runs in the browser: parses each item in several places, and says what should not be there. */
export function examine(items: Item[]): Examined[] {
  const svgNamespace = 'http://www.w3.org/2000/svg';
  const toTree = (node: Node): Tree | undefined => {
    if (node instanceof Text) return node.data;
    if (!(node instanceof Element)) return [`#${node.nodeType}`, {}, node.nodeValue ?? ''];
    const attributes: Record<string, string> = {};
    const pairs = [...node.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, value } of pairs) attributes[name] = value;
    return [node.localName, attributes, ...toTrees(node)];
  };
  const toTrees = (parent: Node): Tree[] => {
    const list: Tree[] = [];
    for (const child of parent.childNodes) {
      const tree = toTree(child);
      if (tree !== undefined && tree !== '') list.push(tree);
    }
    return list;
  };
  const place = (name: string, markup: string): Element => {
    const element = document.implementation.createHTMLDocument('').createElement(name);
    element.innerHTML = markup;
    return element;
  };
  const written = (before: string, markup: string, after: string): Element => {
    const parsed = new DOMParser().parseFromString(
      `<!doctype html><body>${before}<div id=here>${markup}</div><i id=after></i>${after}`,
      'text/html',
    );
    const here = parsed.querySelector('#here');
    if (here?.nextElementSibling?.id !== 'after') return parsed.createElement('broken');
    return here;
  };
  /** Which elements a reference of this kind draws, and which of them are inherited. */
  const kinds: Record<string, RegExp> = {
    fill: /^pattern$/,
    stroke: /^pattern$/,
    mask: /^mask$/,
    'clip-path': /^clipPath$/,
    marker: /^marker$/,
    'marker-start': /^marker$/,
    'marker-mid': /^marker$/,
    'marker-end': /^marker$/,
  };
  const holders = /^(?:pattern|marker|mask|clipPath)$/;
  /** A reference to what draws by reference itself, also where that is inherited from around what is drawn. */
  const chains = (root: Element): string[] => {
    const found: string[] = [];
    const targets = new Map<string, Element>();
    for (const one of root.querySelectorAll('[id]'))
      if (!targets.has(`#${one.id}`)) targets.set(`#${one.id}`, one);
    const drawn = (element: Element, onlyInherited: boolean): Element[] => {
      const list: Element[] = [];
      for (const [property, kind] of Object.entries(kinds)) {
        if (onlyInherited && (property === 'mask' || property === 'clip-path')) continue;
        const { style } = element as SVGElement;
        for (const value of [element.getAttribute(property) ?? '', style.getPropertyValue(property)]) {
          const target = targets.get(/url\(["']?([^"')]*)/.exec(value)?.[1] ?? '');
          if (target && kind.test(target.localName)) list.push(target);
        }
      }
      const href = element.getAttribute('href');
      const used = href === null ? undefined : targets.get(href);
      const shapes = /^(?:g|symbol|svg|use|text|rect|path|circle|ellipse|line|polyline|polygon)$/;
      const uses = used !== undefined && shapes.test(used.localName) && element.localName === 'use';
      if (!onlyInherited && uses) list.push(used);
      return list;
    };
    for (const element of root.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        const names =
          name === 'href' ? [value] : [...value.matchAll(/url\(["']?([^"')]*)/g)].map(([, one]) => one ?? '');
        for (const one of names)
          if (!targets.has(one)) found.push(`${name} of ${element.localName} leads out, to ${one}`);
      }
      for (const target of drawn(element, false)) {
        const within = [target, ...target.querySelectorAll('*')];
        const name = `${element.localName} draws #${target.id}`;
        if (within.some((one) => drawn(one, false).length > 0)) found.push(`${name}, which draws`);
        if (!holders.test(target.localName)) continue;
        for (let around = target.parentElement; around; around = around.parentElement) {
          if (drawn(around, true).length > 0) found.push(`${name}, which inherits what draws`);
        }
      }
    }
    return found;
  };
  const placesOf = (markup: string): Element[] => [
    place('div', markup),
    place('article', markup),
    place('td', markup),
    written('', markup, ''),
    written('<table><tr><td>', markup, '</table>'),
    written('<ul><li><blockquote>', markup, '</blockquote></ul>'),
  ];
  const parsed = new Map<string, string[]>();
  return items.map((item) => {
    const faults: string[] = [];
    const fault = (text: string) => {
      if (!faults.includes(text)) faults.push(text);
    };
    const first = place('div', item.markup);
    if (item.not && new RegExp(item.not, 'i').test(item.markup)) fault(`holds ${item.not}`);
    const root = document.createElement('div');
    root.append(document.importNode(first, true));
    const elsewhere = ['p', 'a', 'dd', 'table', 'select'];
    const others = () => [
      ...elsewhere.map((name) => place(name, item.markup)),
      ...['<p>', '<a href=/>', '<ul><li>', '<h1>', '<table><tr>'].map(
        (before) => new DOMParser().parseFromString(`<body>${before}${item.markup}`, 'text/html').body,
      ),
    ];
    for (const other of item.elsewhere ? others() : []) {
      for (const element of other.querySelectorAll('*')) {
        const name = element.localName;
        const ours = /^(?:p|a|ul|li|dl|dd|h1|table|tbody|tr|select|option|colgroup)$/;
        if (!item.tags.includes(name) && !ours.test(name)) fault(`element ${name} in a place of the page`);
        for (const { name: attribute, value } of element.attributes) {
          const runs =
            attribute === 'href' && URL.canParse(value) && new URL(value).protocol === 'javascript:';
          if (runs || /^(?:on|srcdoc|formaction|action)/.test(attribute))
            fault(`${attribute} in a place of the page`);
        }
      }
    }
    for (const element of (root.firstChild as Element).querySelectorAll('*')) {
      const name = element.localName;
      if (!item.tags.includes(name)) fault(`element ${name}`);
      const inPicture = element.namespaceURI === svgNamespace;
      if (inPicture !== item.picture) fault(`namespace of ${name}`);
      for (const { name: attribute, value, namespaceURI } of element.attributes) {
        const lower = attribute.toLowerCase();
        const where = `${attribute}=${JSON.stringify(value.slice(0, 80))} of ${name}`;
        if (/^(?:on|data-|xml|name$|srcdoc|form|action|ping$|target$|is$|slot$|usemap)/.test(lower)) {
          if (lower !== 'xmlns') fault(where);
        }
        if (namespaceURI !== null && lower !== 'xmlns') fault(`${where}, of a namespace`);
        if (lower === 'id' || /^aria-(?:labelledby|describedby)$/.test(lower)) {
          const names = value.split(/\s+/);
          if (!item.idPrefix || !names.every((one) => one.startsWith(item.idPrefix))) fault(where);
        }
        if (!item.picture && lower !== 'class' && !(name === 'a' && lower === 'rel')) {
          const allowed = [...(item.attributes['*'] ?? []), ...(item.attributes[name] ?? [])];
          if (!allowed.includes(lower)) fault(where);
        }
        if (item.picture) {
          if (/href$/.test(lower) && !value.startsWith(`#${item.idPrefix}`)) fault(where);
          for (const [, target = ''] of value.matchAll(/url\s*\(\s*["']?([^)]*)/gi)) {
            if (!target.startsWith(`#${item.idPrefix}`)) fault(where);
          }
        }
      }
      if (element instanceof HTMLAnchorElement && element.hasAttribute('href')) {
        if (!/^(?:https?:|mailto:|tel:|:)$/.test(element.protocol))
          fault(`link ${element.href.slice(0, 80)}`);
      }
      if (element instanceof HTMLImageElement && element.hasAttribute('src')) {
        if (
          URL.canParse(element.src) &&
          !/^(?:https?:|data:image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon)[;,])/.test(element.src)
        ) {
          fault(`image ${element.src.slice(0, 80)}`);
        }
      }
      for (const candidate of element.getAttribute('srcset')?.split(', ') ?? []) {
        const [url = ''] = candidate.split(' ');
        if (URL.canParse(url) && !/^(?:https?:|data:image\/(?:png|jpeg|gif|webp|avif|bmp);)/.test(url))
          fault(`candidate ${url.slice(0, 80)}`);
      }
      for (const attribute of ['cite', 'longdesc', 'background']) {
        const value = element.getAttribute(attribute);
        if (value === null || !URL.canParse(value, document.baseURI)) continue;
        const { protocol } = new URL(value, document.baseURI);
        if (protocol !== 'http:' && protocol !== 'https:') fault(`${attribute}=${value.slice(0, 80)}`);
      }
      if (element instanceof HTMLInputElement && (element.type !== 'checkbox' || !element.disabled)) {
        fault(`input ${element.outerHTML}`);
      }
      const { style } = element as HTMLElement;
      // The box of mail, which clips what is in it.
      const box =
        element.parentNode === root.firstChild &&
        style.cssText === 'overflow: auto hidden; max-width: 100%; min-height: min-content;';
      if (style.length > 0 && !box) {
        const text = item.picture ? style.cssText.replaceAll(`url("#${item.idPrefix}`, '') : style.cssText;
        if (/url\(|image-set|attr\(|var\(|env\(|expression|element\(|src\(/i.test(text)) {
          fault(`style ${style.cssText}`);
        }
        for (const property of style) {
          const value = style.getPropertyValue(property);
          if (
            /^(?:--|position|z-index|transform|translate|rotate|scale|animation|transition|inset|top|left)/.test(
              property,
            )
          ) {
            fault(`style ${property}: ${value}`);
          }
          if (/^margin/.test(property) && /(?:^|[\s(,])-/.test(value)) fault(`style ${property}: ${value}`);
          const parts = item.styles.some((one) => one === property || property.startsWith(`${one}-`));
          const shorthands =
            /^(?:border-image|background-|list-style-|text-decoration-|font-variant-|white-space-|text-wrap)/;
          if (!item.picture && !parts && !/^border-/.test(property) && !shorthands.test(property)) {
            fault(`style ${property}: ${value}`);
          }
        }
      }
    }
    if (item.picture) for (const text of chains(root)) fault(text);
    const trees = parsed.get(item.markup) ?? placesOf(item.markup).map((one) => JSON.stringify(toTrees(one)));
    parsed.set(item.markup, trees);
    trees.forEach((got, index) => {
      if (got !== item.tree) fault(`place ${index}: ${got} instead of ${item.tree}`);
    });
    return { id: item.id, faults };
  });
}
