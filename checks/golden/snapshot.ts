import { compareText } from '../../cli/finding/finding-order.ts';

/** What is kept apart: `facts` says what is reported and where, `words` how a reader is told. */
export type PartName = 'facts' | 'words';
export const partNames: readonly PartName[] = ['facts', 'words'];

/** One case of a file of cases, or one kind of answer about an application. */
export interface Section {
  readonly title: string;
  /** One line for each finding, sorted. */
  readonly facts: readonly string[];
  readonly words: readonly string[];
}

/** A file of cases, an application, an example or a package. */
export interface Unit {
  readonly name: string;
  readonly sections: readonly Section[];
  /** Texts that many findings share, by the mark that stands for them in the words. */
  readonly helps: Readonly<Record<string, string>>;
}

/** The lines of each case of a corpus, by `unit = title`. */
export type Lines = ReadonlyMap<string, readonly string[]>;

/** The text of a corpus as it is kept: sorted, so that neither the file system nor the order of cases changes it. */
export function textOf(corpus: string, units: readonly Unit[], part: PartName): string {
  const text = [...units].sort(byName).map(({ name, sections }) => {
    const kept = [...sections]
      .sort((a, b) => compareText(a.title, b.title))
      // A case without findings has no words, but it is a fact that nothing is reported in it.
      .filter((one) => part === 'facts' || one.words.length > 0)
      .map((one) => [`= ${one.title}`, ...one[part].map((line) => `  ${line}`)].join('\n'));
    return kept.length === 0 ? '' : [`# ${name}`, ...kept, ''].join('\n');
  });
  return text.join('') + (part === 'words' ? helpText(corpus, units) : '');
}

function helpText(corpus: string, units: readonly Unit[]): string {
  const helps = new Map(units.flatMap((unit) => Object.entries(unit.helps)));
  if (helps.size === 0) return '';
  const lines = [...helps]
    .sort(([, a], [, b]) => compareText(a, b))
    .map(([mark, help]) => `  ${mark} ${help}`);
  return [`# help of ${corpus}`, '= texts', ...lines, ''].join('\n');
}

/** Reads what `textOf` wrote. */
export function linesIn(text: string): Lines {
  const cases = new Map<string, string[]>();
  let unit = '';
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('# ')) unit = line.slice(2);
    else if (line.startsWith('= ')) {
      lines = [];
      cases.set(`${unit} ${line}`, lines);
    } else if (line !== '') lines.push(line.slice(2));
  }
  return cases;
}

function byName(a: Unit, b: Unit): number {
  return compareText(a.name, b.name);
}
