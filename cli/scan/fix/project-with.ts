import type { Project } from '../project/project.ts';

/** The project with the texts of some files replaced, by path. */
export function projectWith(project: Project, changed: ReadonlyMap<string, string>): Project {
  const files = project.files.map((file) => ({ ...file, text: changed.get(file.path) ?? file.text }));
  return { ...project, files };
}
