import { languageIdOf } from '../../project/path-kind.ts';
import type { Project, SourceFile } from '../../project/project.ts';

/** A project of these files. Those in no supported language are not scanned, but `read` returns their texts. */
export function projectOf(texts: Readonly<Record<string, string>>): Project {
  const files = Object.entries(texts).flatMap(([path, text]): SourceFile[] => {
    const language = path.endsWith('.json') ? undefined : languageIdOf(path);
    return language ? [{ path, language, text }] : [];
  });
  return { files, settings: [], notices: [], read: (path) => texts[path] };
}
