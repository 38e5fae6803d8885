import type { Place } from '../../../finding/finding.ts';

/** Converts between offsets of a text and lines and columns, which start at 1. */
export interface TextPlaces {
  readonly offsetOf: (line: number, column: number) => number;
  readonly lineOf: (offset: number) => number;
}

export function textPlaces(text: string): TextPlaces {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    offsetOf: (line, column) => (starts[line - 1] ?? text.length) + column - 1,
    lineOf(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return low + 1;
    },
  };
}

/** The offsets of a place in the text. */
export function rangeOf(places: TextPlaces, place: Place): { readonly at: number; readonly end: number } {
  return {
    at: places.offsetOf(place.line, place.column),
    end: places.offsetOf(place.endLine, place.endColumn),
  };
}
