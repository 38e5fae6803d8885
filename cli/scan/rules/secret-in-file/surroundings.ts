import { isDevelopmentPath, isTestPath } from '../../project/path-purpose.ts';
import { isTemplateOfSettings } from '../../project/settings-format.ts';

/** What the path and the start of a file say about the secrets in it. */
export interface Surroundings {
  /** The file has placeholders to fill in, or belongs to examples or documentation. */
  readonly isTemplate: boolean;
  readonly isTest: boolean;
  /** The file is for developers' machines. */
  readonly isDevelopment: boolean;
  /** The file is for test runs: `.env.test`. */
  readonly isOfTests: boolean;
  /** The file starts services in short-lived containers: `docker-compose.yml`. */
  readonly isContainers: boolean;
  /** The file configures CI jobs, whose services last only as long as the job: `.gitlab-ci.yml`. */
  readonly isOfRun: boolean;
  /** The file has default values: `values.yaml` of a Helm chart. */
  readonly isDefaults: boolean;
  /** The file is sent to a browser or a phone. */
  readonly isOfClient: boolean;
  /** The whole file is encrypted. */
  readonly isEncrypted: boolean;
  /** The file describes the types of data, such as a JSON schema. The values in it are types, not secrets. */
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
