import type { Project } from '../../cli/project.ts';

/** What a manifest says about where the project lives. Fields without an address yet are left out. */
export function projectFields(project: Project, directory: string): Record<string, unknown> {
  const { homepage, issues, repository } = project;
  return {
    ...(homepage && { homepage }),
    ...(issues && { bugs: { url: issues } }),
    ...(repository && {
      repository: { type: 'git', url: `git+${repository}.git`, ...(directory && { directory }) },
    }),
  };
}

/** The manifest with these fields after its description, where npm's own documentation has them. */
export function withProjectFields(manifest: Record<string, unknown>, fields: object): object {
  const { homepage: _, bugs: __, repository: ___, ...rest } = manifest;
  return Object.fromEntries(
    Object.entries(rest).flatMap(([name, value]) =>
      name === 'description' ? [[name, value], ...Object.entries(fields)] : [[name, value]],
    ),
  );
}
