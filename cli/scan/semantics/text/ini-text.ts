import { maxTextLength } from '../../budgets/dataflow.ts';
import { type Abstract, constant } from '../../dataflow/domain/abstract.ts';
import { object } from '../../dataflow/domain/entries.ts';

/**
 * The sections of a constant configuration text, as `configparser` reads it; undefined if a line is no section, option or
 * comment.
 */
export function sectionsOf(text: string): Abstract | undefined {
  if (text.length > maxTextLength) return undefined;
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const name = /^\[([^\]]+)\]\s*$/.exec(line)?.[1];
    const [, key, value] = /^([^\s=:[][^=:]*)[=:](.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
    } else if (section && key !== undefined && value !== undefined)
      // `configparser` converts option names to lower case.
      section.set(key.trim().toLowerCase(), value.trim());
    else return undefined;
  }
  const defaults = sections.get('DEFAULT') ?? [];
  return object(
    [...sections].map(([name, own]) => [
      name,
      object([...new Map([...defaults, ...own])].map(([key, value]) => [key, constant(value)])),
    ]),
  );
}
