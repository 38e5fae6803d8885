/** The tree of an element in a form that can be compared: `[name, attributes, ...children]`, text as a string. */
export type Tree = string | [string, Record<string, string>, ...Tree[]];

const voids = new Set(['area', 'br', 'col', 'embed', 'hr', 'img', 'input', 'source', 'track', 'wbr']);
const token =
  /([^<]+)|<\/([a-zA-Z][a-zA-Z0-9]*)>|<([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z][a-zA-Z:-]*(?:="[^"<>]*"|="[^"]*")?)*)>/y;

/**
 * Reads markup as it is written: every tag opens or closes just what it names, and nothing is implied. What can't be
 * read so plainly is an error. A browser that parses the same markup has to come to the same tree.
 */
export function writtenTree(markup: string): Tree[] {
  const root: Tree[] = [];
  const stack: { name: string; children: unknown[] }[] = [{ name: '', children: root }];
  token.lastIndex = 0;
  while (token.lastIndex < markup.length) {
    const at = token.lastIndex;
    const found = token.exec(markup);
    if (!found) throw new Error(`not plainly written: ${markup.slice(at, at + 80)}`);
    const top = stack.at(-1);
    if (!top) throw new Error('empty stack');
    const [, text, end, start, attributes = ''] = found;
    if (text !== undefined) {
      let value = decode(text);
      if (top.name === 'pre' && top.children.length === 2 && value.startsWith('\n')) value = value.slice(1);
      if (value !== '') top.children.push(value);
    } else if (end !== undefined) {
      if (top.name !== end) throw new Error(`</${end}> closes <${top.name}>`);
      stack.pop();
    } else if (start !== undefined) {
      const record: Record<string, string> = {};
      const pairs = [...attributes.matchAll(/ ([a-zA-Z:-]+)(?:="([^"]*)")?/g)];
      pairs.sort((a, b) => ((a[1] ?? '') < (b[1] ?? '') ? -1 : 1));
      for (const [, key = '', value = ''] of pairs) {
        if (Object.hasOwn(record, key)) throw new Error(`${key} twice`);
        record[key] = decode(value);
      }
      const node: [string, Record<string, string>, ...Tree[]] = [start, record];
      top.children.push(node);
      if (!voids.has(start)) stack.push({ name: start, children: node });
    }
  }
  if (stack.length !== 1) throw new Error(`<${stack.at(-1)?.name}> stays open`);
  return root;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));?/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    const known = named[name];
    if (known === undefined || !whole.endsWith(';')) throw new Error(`reference ${whole}`);
    return known;
  });
}
