import { record } from '../../event/record.ts';
import { styleFunctions, styleProperties } from './style-table.ts';

/** The declarations of a `style` attribute, by the name of the property, such as `width`, `backgroundColor` or `--x`. */
export type StyleRecord = Readonly<Record<string, string | number | false | null | undefined>>;

/**
 * The text of a `style` attribute. What is not an allowed property with a plain value is left out, with an event: a bad
 * colour does not take the page down.
 *
 * @param declarations an object of the application, or one that a client sent
 */
export function writeStyle(declarations: object, place: string): string {
  const written: string[] = [];
  for (const [name, value] of Object.entries(declarations) as [string, unknown][]) {
    if (value === null || value === undefined || value === false) continue;
    const property = name.startsWith('--') ? name : name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && isProperty(property) && isPlainValue(text)) {
      written.push(`${property}:${text}`);
      continue;
    }
    const shown = typeof text === 'string' ? text.slice(0, 1024) : typeof text;
    record('html/unsafe-style', 'blocked', { place, property: name, value: shown });
  }
  return written.join(';');
}

function isProperty(name: string): boolean {
  return styleProperties.has(name) || /^--[a-z][a-z0-9-]{0,60}$/i.test(name);
}

/** A quoted string, a name in front of a bracket, a number, a name, a colour, or a single sign. */
const token =
  /"[\w -]*"|'[\w -]*'|[a-z][a-z0-9-]*\(|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:%|[a-z]+)?|-{0,2}[a-z_][\w-]*|#[0-9a-f]{3,8}|[ ,/()+*-]/iy;

/**
 * True for numbers, names, colours and functions of these. No escape, comment, `url()`, `!`, `;` and no bracket that
 * stays open: what follows the value is read as if it were not there.
 */
function isPlainValue(text: string): boolean {
  if (text.length > 1000 || text.includes('/*') || text.trim() === '') return false;
  let depth = 0;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.[0];
    if (found === undefined) return false;
    if (found.endsWith('(')) {
      if (found !== '(' && !styleFunctions.has(found.slice(0, -1).toLowerCase())) return false;
      depth += 1;
    } else if (found === ')') {
      depth -= 1;
      if (depth < 0) return false;
    }
  }
  return depth === 0;
}
