/** What exists: import paths without `bulwark/`, commands without `bulwark`, rule ids, and exported names. */
export interface Existing {
  readonly paths: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/**
 * Statements that call something planned, or say that it doesn't exist, although it does: `**Planned:** bulwark/csp`. A statement is
 * a sentence, or a row of a table.
 *
 * @returns `line: word` for each
 */
export function stalePlans(page: string, existing: Existing): string[] {
  const pairs = [...existing.names]
    .map((name) => name.split(/(?=[A-Z])/))
    .filter(({ length }) => length === 2);
  const parts = new Set(
    pairs
      .flat()
      .filter((part) => part.length > 2)
      .map(lower),
  );
  return statements(page).flatMap(({ line, text }) => {
    if (!planned.test(text)) return [];
    const claimed = claimOf(text);
    const exists = (word: string): boolean =>
      existing.rules.has(word) ||
      existing.paths.has(word.replace(/^bulwark\//, '')) ||
      (existing.commands.has(word) && new RegExp(`\\bbulwark ${word}\\b`).test(claimed)) ||
      (/^[A-Z]/.test(word) && !formats.has(word) && parts.has(lower(word)));
    return (claimed.match(/[\w-]+(?:\/[\w-]+)*/g) ?? []).filter(exists).map((word) => `${line}: ${word}`);
  });
}

/** Named by many exports, and by plans for others. */
const formats = new Set(['CSV', 'HTML', 'JSON', 'SQL', 'XML', 'YAML']);

const planned = /\bplanned\b|\b(?:does not|doesn't) exist yet\b|\bnot (?:built|there) yet\b/i;

/** What the statement says is planned: what follows in a row of a table and behind a colon, else all of it. */
function claimOf(text: string): string {
  if (text.startsWith('|')) return /\bplanned\b[^.;]*/i.exec(text)?.[0] ?? text;
  return /\bplanned:.*/is.exec(text)?.[0] ?? text;
}

const lower = (word: string): string => word.toLowerCase();

/** Sentences and table rows outside of code fences, with the line on which each begins. */
function statements(page: string): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = [];
  let open: { line: number; text: string } | undefined;
  let fenced = false;
  const close = (): void => {
    if (open) found.push(open);
    open = undefined;
  };
  for (const [index, line] of page.split('\n').entries()) {
    if (line.startsWith('```')) fenced = !fenced;
    if (fenced || line.startsWith('```') || line.trim() === '') {
      close();
    } else if (line.startsWith('|')) {
      close();
      found.push({ line: index + 1, text: line });
    } else {
      for (const piece of line.split(/(?<=[.:;!?]\*{0,2})\s+(?=[A-Z*[`])/)) {
        if (open && /[.;!?]\*{0,2}$/.test(open.text)) close();
        open = open ? { ...open, text: `${open.text} ${piece}` } : { line: index + 1, text: piece };
      }
    }
  }
  close();
  return found;
}
