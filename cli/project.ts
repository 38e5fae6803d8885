/** The project's addresses, each undefined until it exists, and whether its names on npm are its own. */
export interface Project {
  /** The Git repository, as a web page: `https://host/owner/name`. */
  readonly repository: string | undefined;
  readonly homepage: string | undefined;
  readonly issues: string | undefined;
  /** Where the pages of docs/ are served. A rule's page is `${documentation}/rules/sql-injection`. */
  readonly documentation: string | undefined;
  /**
   * Whether this project owns `bulwark` and `bulwark-cli` on npm. While it does not, anyone may register them: no page, error,
   * hook or action may install them from a registry, and checks/project fails where one does.
   */
  readonly ownsNpmNames: boolean;
}

/** The one place where these stand. `npm run fix` writes them into the manifests and action.yml. */
export const project: Project = {
  repository: undefined,
  homepage: undefined,
  issues: undefined,
  documentation: undefined,
  ownsNpmNames: false,
};

/** The published page of a rule, once the pages are published. */
export function publishedRulePage(id: string, where: Project = project): string | undefined {
  return where.documentation && `${where.documentation}/rules/${id.replace('/', '-')}`;
}
