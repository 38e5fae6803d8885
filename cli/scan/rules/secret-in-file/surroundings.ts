import { isDevelopmentPath, isTestPath } from '../../project/path-purpose.ts';
import { isTemplateOfSettings } from '../../project/settings-format.ts';

/** What a file says of the secrets in it. */
export interface Surroundings {
  /** It is to be filled in, or belongs to tests, examples or documentation. */
  readonly isTemplate: boolean;
  readonly isTest: boolean;
  /** It is for the machines of developers. */
  readonly isDevelopment: boolean;
  /** It sets up what is made anew for each run of tests: `.env.test`. */
  readonly isOfTests: boolean;
  /** It starts services that last as long as a container: of `docker compose`. */
  readonly isContainers: boolean;
  /** It starts services that last as long as a run of CI. */
  readonly isOfRun: boolean;
  /** It has what is set where nothing else is: `values.yaml` of a chart. */
  readonly isDefaults: boolean;
  /** It is what a browser or a phone is given. */
  readonly isOfClient: boolean;
  /** All of it is encrypted. */
  readonly isEncrypted: boolean;
  /** It describes data: names in it have types. */
  readonly isSchema: boolean;
}

const headLength = 3000;

export function surroundingsOf(path: string, text: string): Surroundings {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const head = text.slice(0, headLength);
  const isForProduction = /(?:^|[._/-])(?:prod|production|live)(?:[._/-]|$)/i.test(path);
  const isContainers =
    /^(?:docker-)?compose[\w.-]*\.ya?ml$/i.test(name) || /(?:^|\/)\.devcontainer\//.test(path);
  const isOfRun =
    /^\.(?:gitlab-ci|travis)\.ya?ml$|^(?:azure-pipelines|appveyor|bitbucket-pipelines)[\w.-]*\.ya?ml$/i.test(
      name,
    ) || /(?:^|\/)\.(?:github|circleci)\//.test(path);
  return {
    isTemplate: isTemplateOfSettings(path),
    isTest:
      isTestPath(path) || /(?:^|\/)(?:cookbook|tutorials?|playground|templates?|snippets?)\//i.test(path),
    isDevelopment: !isForProduction && !isContainers && !isOfRun && isDevelopmentPath(path.toLowerCase()),
    isOfTests:
      !isContainers &&
      !isOfRun &&
      /(?:^|[._-])(?:tests?|testing|ci|travis|e2e|cypress|phpunit)(?:[._-]|$)/i.test(name),
    isContainers: isContainers && !isForProduction,
    isOfRun: isOfRun && !isForProduction,
    isDefaults:
      /^values\.ya?ml$|(?:^|[._-])defaults\.\w+$/i.test(name) || /(?:^|\/)defaults\/[^/]*$/.test(path),
    isOfClient: /^(?:google-services|firebase[\w.-]*)\.json$/i.test(name),
    isEncrypted: /^[ \t]*\$ANSIBLE_VAULT;|^kind:\s*["']?SealedSecret/m.test(head),
    isSchema:
      /"\$schema"\s{0,9}:\s{0,9}"[^"\n]{0,200}json-schema|^["']?(?:openapi|swagger)["']?\s{0,9}:|"(?:openapi|swagger)"\s{0,9}:/m.test(
        head,
      ),
  };
}
