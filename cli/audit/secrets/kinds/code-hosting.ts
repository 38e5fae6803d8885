import { listed, type SecretKind, secretKind } from './secret-kind.ts';
import { hasTokenChecksum } from './token-checksum.ts';

const github =
  'https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/';
const gitlab = 'https://docs.gitlab.com/security/tokens/#token-prefixes';

/** Source code, packages, images and CI. */
export const codeHostingKinds: readonly SecretKind[] = [
  secretKind(
    'github-token',
    'A GitHub token',
    github,
    'ghp_ gho_ ghu_ ghs_ ghr_',
    /gh[pousr]_[A-Za-z0-9]{36}/,
    {
      isIssued: hasTokenChecksum,
    },
  ),
  secretKind(
    'github-installation-token',
    'A GitHub installation token',
    'https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-an-installation-access-token-for-a-github-app',
    'ghs_',
    /ghs_\d{1,12}_eyJ[\w-]{10,300}\.[\w-]{20,2000}\.[\w-]{20,700}/,
  ),
  secretKind(
    'github-fine-grained-token',
    'A GitHub token',
    github,
    'github_pat_',
    /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/,
  ),
  secretKind(
    'gitlab-token',
    'A GitLab token',
    gitlab,
    'glpat- gldt- glrt- glrtr- glptt- glcbt- glft- glimt- glagent- gloas- glsoat- glffct- gr1348941',
    /gl(?:pat|dt|rtr?|ptt|cbt|ft|imt|agent|oas|soat|ffct)-[\w.-]{20,300}|GR1348941[\w-]{20}/,
  ),
  secretKind(
    'npm-token',
    'An npm token',
    'https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/',
    'npm_',
    /npm_[A-Za-z0-9]{36}/,
    {
      isIssued: hasTokenChecksum,
    },
  ),
  secretKind(
    'pypi-token',
    'A PyPI token',
    'https://pypi.org/help/#apitoken',
    'pypi-age',
    /pypi-AgE[\w-]{50,1000}/,
  ),
  secretKind(
    'rubygems-key',
    'A RubyGems key',
    'https://guides.rubygems.org/api-key-scopes/',
    'rubygems_',
    /rubygems_[a-f0-9]{48}/,
  ),
  secretKind(
    'nuget-key',
    'A NuGet key',
    'https://learn.microsoft.com/en-us/nuget/nuget-org/publish-a-package',
    'oy2',
    /oy2[a-z0-9]{43}/,
  ),
  secretKind(
    'crates-token',
    'A crates.io token',
    'https://github.com/rust-lang/crates.io/pull/4080',
    'cio',
    /cio[A-Za-z0-9]{32}/,
  ),
  secretKind('clojars-token', 'A Clojars token', listed, 'clojars_', /CLOJARS_[a-z0-9]{60}/i),
  secretKind(
    'docker-hub-token',
    'A Docker Hub token',
    'https://docs.docker.com/security/access-tokens/',
    'dckr_pat_ dckr_oat_',
    /dckr_(?:pat|oat)_[\w-]{27,64}/,
  ),
  secretKind(
    'atlassian-token',
    'An Atlassian token',
    'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
    'atatt3 atctt3 atbb atstt3',
    /AT(?:ATT|CTT|STT)3[\w=-]{150,300}|ATBB[A-Za-z0-9]{24,32}[A-F0-9]{0,8}/,
  ),
  secretKind(
    'circleci-token',
    'A CircleCI token',
    'https://circleci.com/docs/managing-api-tokens/',
    'ccipat_ cciprj_',
    /CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[a-f0-9]{40}/,
  ),
  secretKind(
    'buildkite-token',
    'A Buildkite token',
    'https://buildkite.com/docs/apis/managing-api-tokens',
    'bkua_',
    /bkua_[a-z0-9]{40}/,
  ),
  secretKind(
    'pulumi-token',
    'A Pulumi token',
    'https://www.pulumi.com/docs/administration/access-identity/access-tokens/',
    'pul-',
    /pul-[a-f0-9]{40}/,
  ),
  secretKind(
    'terraform-token',
    'A Terraform Cloud token',
    'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
    '.atlasv1.',
    /[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}/,
    { before: 14 },
  ),
  secretKind(
    'sonar-token',
    'A SonarQube token',
    'https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/',
    'squ_ sqp_ sqa_',
    /sq[upa]_[a-f0-9]{40}/,
  ),
  secretKind(
    'artifactory-key',
    'An Artifactory key',
    'https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens',
    'akcp cmvmd',
    /AKCp[A-Za-z0-9]{69}|cmVmd[A-Za-z0-9]{59}/,
  ),
  secretKind(
    'postman-key',
    'A Postman key',
    'https://learning.postman.com/docs/developer/postman-api/authentication/',
    'pmak-',
    /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/,
  ),
  secretKind(
    'octopus-key',
    'An Octopus Deploy key',
    'https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key',
    'api-',
    /API-[A-Z0-9]{26,32}/,
  ),
  secretKind('readme-key', 'A ReadMe key', listed, 'rdme_', /rdme_[a-z0-9]{70}/),
  secretKind(
    'sourcegraph-token',
    'A Sourcegraph token',
    'https://sourcegraph.com/docs/cli/how-tos/revoking_an_access_token',
    'sgp_',
    /sgp_(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}/,
  ),
  secretKind(
    'harness-token',
    'A Harness token',
    'https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/',
    'pat. sat.',
    /[ps]at\.[\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}/,
  ),
];
