import { CodeWriter } from './code-writer.ts';
import { elementsOf, endOfTag } from './page-scripts.ts';
import { quoted } from './template-code.ts';

const source = /\ssrc\s*=\s*["']?\s*((?:https?:)?\/\/[^"'\s>{<]{1,500})/i;
const styleSource = /\shref\s*=\s*["']?\s*((?:https?:)?\/\/[^"'\s>{<]{1,500})/i;
const styleSheet = /\srel\s*=\s*["']?\s*(?:preload\s+)?stylesheet\b/i;
const hash = /\s:?integrity\s*=/i;

/**
 * Returns the code of `before`, followed by a call of `$$script` or `$$style` for each external script and style sheet
 * that a page loads. Undefined if `before` is undefined and the page loads none.
 */
export function withLoadedScripts(text: string, before: CodeWriter | undefined): CodeWriter | undefined {
  if (!/(?:src|href)\s*=\s*["']?\s*(?:https?:)?\/\//i.test(text)) return before;
  const code = new CodeWriter(text);
  if (before) code.append(before);
  for (const { attributes, open, from } of elementsOf(text, 'script'))
    load(code, '$$script', source.exec(` ${attributes}`)?.[1], attributes, open, from);
  for (const { attributes, open, end } of linksOf(text)) {
    if (styleSheet.test(` ${attributes}`))
      load(code, '$$style', styleSource.exec(` ${attributes}`)?.[1], attributes, open, end);
  }
  return code.text === '' ? undefined : code;
}

function load(
  code: CodeWriter,
  name: string,
  address: string | undefined,
  attributes: string,
  from: number,
  to: number,
): void {
  if (address !== undefined)
    code.add(`;${name}(${quoted(address)}, ${hash.test(` ${attributes}`)});\n`, from, to);
}

/** Links of a page. Further ones are ignored. */
const maxLinks = 200;

/** The `link` elements outside of comments. They have no end tag. */
function linksOf(
  text: string,
): { readonly attributes: string; readonly open: number; readonly end: number }[] {
  const links: { attributes: string; open: number; end: number }[] = [];
  const opening = /<!--|<link(?=[\s/])/gi;
  for (let found = opening.exec(text); found && links.length < maxLinks; found = opening.exec(text)) {
    const from = opening.lastIndex;
    if (found[0] === '<!--') {
      const end = text.indexOf('-->', found.index);
      if (end < 0) break;
      opening.lastIndex = end;
      continue;
    }
    const end = endOfTag(text, from);
    links.push({ attributes: text.slice(from, Math.max(from, end - 1)), open: found.index, end });
    opening.lastIndex = end;
  }
  return links;
}
