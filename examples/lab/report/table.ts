/** Text in columns. A cell is cut to its column's width, so that a payload cannot draw outside of its place. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widest: readonly number[],
): string {
  const cells = [head, ...rows].map((row) => row.map((cell, i) => cut(printable(cell), widest[i] ?? 40)));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return lines.join('\n');
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 3)}...` : text;
}

/** A payload is printed to a terminal: nothing of it may act there. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
