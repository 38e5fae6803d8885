import type { Project } from '../project/project.ts';

/** The project with these texts in place of those of its files. */
export function projectWith(project: Project, changed: ReadonlyMap<string, string>): Project {
  const files = project.files.map((file) => ({ ...file, text: changed.get(file.path) ?? file.text }));
  return { ...project, files };
}
