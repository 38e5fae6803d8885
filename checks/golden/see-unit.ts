import { compareText } from '../../cli/finding/finding-order.ts';
import { allRules } from '../../cli/scan/rules/all-rules.ts';
import { corpusOf } from './corpora.ts';
import { seeFindings } from './see-findings.ts';
import { seeView } from './see-view.ts';
import type { Section, Unit } from './snapshot.ts';

/** Scans a unit of a corpus. */
export async function seeUnit(corpus: string, name: string): Promise<Unit> {
  const { read, asks } = corpusOf(corpus);
  const sections: Section[] = [];
  const helps: Record<string, string> = {};
  for (const { title, project } of read(name)) {
    if (asks.findings) {
      const seen = await seeFindings(title === '' ? 'findings' : title, project);
      sections.push(seen.section);
      Object.assign(helps, seen.helps);
    }
    if (asks.view) sections.push(...(await seeView(title, project)));
  }
  return { name, sections, helps };
}

/** What the rules say of themselves. Their pages are in docs/rules. */
export function seeRules(): Unit {
  const sections = [...allRules]
    .sort((a, b) => compareText(a.id, b.id))
    .map(
      ({ id, title, severity, cwe, owasp }): Section => ({
        title: id,
        facts: [`${severity} CWE ${cwe.join(' ')} ${owasp}`],
        words: [title],
      }),
    );
  return { name: 'rules', sections, helps: {} };
}
