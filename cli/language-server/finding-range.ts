import type { Position, Range } from 'vscode-languageserver/node';
import type { Place } from '../finding/finding.ts';

/** A place in the protocol's terms: both count UTF-16 units, the protocol from 0. */
export function rangeOf({ line, column, endLine, endColumn }: Place): Range {
  return { start: position(line, column), end: position(endLine, endColumn) };
}

export function placeOf(path: string, { start, end }: Range): Place {
  return {
    path,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Whether they share a position; their ends count, as a cursor stands there too. */
export function areTouching(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function position(line: number, column: number): Position {
  return { line: Math.max(0, line - 1), character: Math.max(0, column - 1) };
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
