import { loadGrammar } from '../../languages/python/parse/grammar.ts';
import { type SourceLanguage, sourceLanguage } from '../source-language.ts';
import { fixCommand } from './fix-command.ts';
import { fixHtml } from './fix-html.ts';
import { fixCookie, fixDebug, fixTimeout, fixVerify } from './fix-keywords.ts';
import { fixSql } from './fix-sql.ts';
import { fixYaml } from './fix-yaml.ts';
import { openPython } from './python-file.ts';

/** The fixers for Python. Loads the parser. */
export async function openPythonFixers(): Promise<SourceLanguage> {
  const { parser } = await loadGrammar();
  return sourceLanguage(
    (path, text) => openPython(parser, path, text),
    [fixSql, fixCommand, fixYaml, fixVerify, fixDebug, fixTimeout, fixCookie, fixHtml],
  );
}
