import { languageIdOf } from '../project/path-kind.ts';
import type { Project, SourceFile } from '../project/project.ts';
import { settingsFormat } from '../project/settings-format.ts';
import type { Case } from './cases.ts';

/** The files of a case as a project: its code and its settings. */
export function projectOf(own: Case['files']): Project {
  const files = own.flatMap(({ path, text }): SourceFile[] => {
    const language = languageIdOf(path);
    return language ? [{ path, text, language }] : [];
  });
  const texts = new Map(own.map(({ path, text }) => [path, text]));
  const settings = own.filter(({ path }) => !languageIdOf(path) && settingsFormat(path) !== undefined);
  return { files, settings, notices: [], read: (path) => texts.get(path) };
}
