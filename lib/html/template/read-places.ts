import type { DefaultTreeAdapterMap } from 'parse5';
import type { Place } from '../values/place.ts';
import { Moved } from './moved.ts';
import { hole, templateMisuse } from './template-misuse.ts';
import { holeMark, TemplateReader } from './template-reader.ts';

export interface TemplatePlaces {
  /** In the order of the holes. */
  readonly places: readonly Omit<Place, 'foreign' | 'spot'>[];
  /** What the template does where it is spliced in, without its holes. */
  readonly effects: number;
}

const mark = `<!--${holeMark}-->`;

/**
 * The places of the holes in element text, as the tree builder has them.
 *
 * @param holes where they are in `source`, in order
 * @throws Misuse `html/misplaced-content` for static text that the parser moves to somewhere else
 */
export function readPlaces(source: string, holes: readonly number[], isDocument: boolean): TemplatePlaces {
  let marked = '';
  let at = 0;
  const ends: number[] = [];
  for (const next of holes) {
    marked += source.slice(at, next).replaceAll(mark, '<!---->') + mark;
    ends.push(marked.length);
    at = next + hole.length;
  }
  marked += source.slice(at);
  const read = (scripting: boolean): TemplateReader => {
    const reader = readerOf(isDocument, scripting);
    try {
      reader.tokenizer.write(marked, true);
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
      const before = ends.filter((end) => end <= error.offset).length;
      const offset = error.offset - before * (mark.length - hole.length);
      throw templateMisuse(error.code, source, offset, error.fix);
    }
    return reader;
  };
  const reader = read(true);
  if (!/<noscript/i.test(source)) return { places: reader.places, effects: reader.effects };
  // With scripting off, the content of a <noscript> is markup.
  const plain = read(false);
  const places = reader.places.map((place, i) => eitherOf(place, plain.places[i] ?? place));
  return { places, effects: reader.effects | plain.effects };
}

type DraftPlace = TemplatePlaces['places'][number];

function eitherOf(one: DraftPlace, other: DraftPlace): DraftPlace {
  return {
    refuses: one.refuses | other.refuses,
    passes: one.passes | other.passes,
    ordered: one.ordered || other.ordered,
    enters: one.enters | other.enters,
  };
}

function readerOf(isDocument: boolean, scriptingEnabled: boolean): TemplateReader {
  const options = { sourceCodeLocationInfo: true, scriptingEnabled };
  if (!isDocument) {
    return TemplateReader.getFragmentParser<DefaultTreeAdapterMap>(null, options) as TemplateReader;
  }
  const reader = new TemplateReader(options);
  reader.isDocument = true;
  return reader;
}
