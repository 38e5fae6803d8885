/** Thrown for text or an element that the parser would move to somewhere else. */
export class Moved {
  readonly offset: number;
  readonly element: string;
  readonly from: string;

  constructor(offset: number, element: string, from: string) {
    this.offset = offset;
    this.element = element;
    this.from = from;
  }
}
