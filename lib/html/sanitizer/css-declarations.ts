/** One declaration of a `style` attribute: the name in lower case, the value as it was written, without its ends. */
export interface Declaration {
  readonly name: string;
  readonly value: string;
}

/** In UTF-16 units; a longer attribute is left out as a whole. */
const maxStyleLength = 4096;

/**
 * Reads a `style` attribute as CSS does (CSS Syntax 3, 5.4.6): a semicolon ends a declaration, outside of strings and
 * brackets. What holds an escape, an at-rule or a block is no declaration that a person writes, and is left out.
 * Comments part what stands beside them.
 */
export function readDeclarations(style: string): readonly Declaration[] {
  if (style.length > maxStyleLength) return [];
  const found: Declaration[] = [];
  for (const part of splitAtSemicolons(style)) {
    const colon = part.indexOf(':');
    if (colon === -1 || /[\\@{}[\]<>!]/.test(withoutImportant(part))) continue;
    const name = part.slice(0, colon).trim().toLowerCase();
    const value = withoutImportant(part.slice(colon + 1)).trim();
    if (/^[a-z-]+$/.test(name) && value !== '') found.push({ name, value });
  }
  return found;
}

/** In an attribute it would overrule the page's own style sheet, so the declaration stays without it. */
function withoutImportant(text: string): string {
  return text.replace(/![\t\n\f\r ]{0,8}important[\t\n\f\r ]*$/i, '');
}

function splitAtSemicolons(style: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let quote = '';
  let depth = 0;
  for (let i = 0; i < style.length; i++) {
    const c = style[i] as string;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '/' && style[i + 1] === '*') {
      const end = style.indexOf('*/', i + 2);
      part += ' ';
      if (end === -1) break;
      i = end + 1;
      continue;
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '(') depth++;
    else if (c === ')') depth = Math.max(0, depth - 1);
    else if (c === ';' && depth === 0) {
      parts.push(part);
      part = '';
      continue;
    }
    // An escape could hide the end of a string: the whole rest is not understood.
    if (c === '\\') return parts;
    part += c;
  }
  if (quote === '' && depth === 0) parts.push(part);
  return parts;
}
