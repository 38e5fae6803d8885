/** A case that a family of cases yields, as the text that it would be written as, and the line of what is special in it. */
export interface CarriedCase {
  readonly text: string;
  readonly line: number;
}

/**
 * The cases of a family that differ in how the data gets from one variable to another: each carrier in each template.
 * checks/scan/README.md describes the format.
 */
export function carriedCases(text: string): CarriedCase[] {
  const templates: string[][] = [];
  const cases: CarriedCase[] = [];
  for (const { heading, lines, line } of sectionsOf(text)) {
    if (/^=== \d+$/.test(heading))
      for (const template of templates) cases.push({ text: filled(template, heading.slice(4), lines), line });
    else templates.push([heading, ...lines]);
  }
  return cases;
}

interface Section {
  readonly heading: string;
  readonly lines: string[];
  /** The number of the line of its heading. */
  readonly line: number;
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  text
    .trimEnd()
    .split('\n')
    .forEach((line, i) => {
      if (line.startsWith('=== ')) sections.push({ heading: line, lines: [], line: i + 1 });
      else sections.at(-1)?.lines.push(line);
    });
  return sections;
}

/** Imports are at the beginning of a carrier. What stands above a line `---` goes outside of the function. */
function filled(template: readonly string[], number: string, lines: readonly string[]): string {
  const first = lines.findIndex((line) => !/^(?:import|from) /.test(line));
  const end = lines.indexOf('---');
  const carrier = lines.slice(end === -1 ? first : end + 1);
  const parts: Readonly<Record<string, readonly string[]>> = {
    '{imports}': lines.slice(0, first),
    '{above}': end === -1 ? [] : lines.slice(first, end),
    '{carrier}': carrier,
  };
  const words = (carrier.join('\n').match(/[A-Za-z0-9]+/g) ?? []).join(' ').slice(0, longest);
  return template
    .flatMap((line) => {
      const part = parts[line.trim()];
      const indent = /^ */.exec(line)?.[0] ?? '';
      return part ? part.map((one) => indent + one) : [line];
    })
    .map((line, i) => (i === 0 ? line.replace('{number}', number).replace('{words}', () => words) : line))
    .join('\n');
}

/** Of the words of a carrier in the title of a case, in letters. */
const longest = 60;
