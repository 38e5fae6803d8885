import { describe, expect, it } from 'vitest';
import { programOf } from './program.ts';
import { shellCommands } from './shell-commands.ts';

function shown(text: string): string | undefined {
  const [command] = shellCommands(text, { stopsOnError: true, pipefail: true });
  const program = command && programOf(command.words);
  if (!program) return undefined;
  const { name, args, folder, script, image } = program;
  return [
    [name, ...args].join(' '),
    ...(folder === undefined ? [] : [`in ${folder}`]),
    ...(script === undefined ? [] : [`script ${script}`]),
    ...(image === undefined ? [] : [`of ${image}`]),
  ].join(', ');
}

describe('programOf', () => {
  it.each([
    ['npx --yes eslint@9 .', 'eslint .'],
    ['CI=1 npx cross-env A=b ./node_modules/.bin/eslint src', 'eslint src'],
    ['python3 -m bandit -r src', 'bandit -r src'],
    ['python -W error -m pytest', 'pytest'],
    ['uv run --locked --group dev tox run', 'tox run'],
    ['uvx --from semgrep semgrep ci', 'semgrep ci'],
    ['uv tool run pip-audit', 'pip-audit'],
    ['pipx run bandit==1.8.3 -r src', 'bandit -r src'],
    ['uvx bandit[toml]==1.8.3 -r src', 'bandit -r src'],
    ['docker compose -f ci.yml run --rm -e CI=1 web bandit -r src', 'bandit -r src'],
    ['docker-compose exec -T web python -m bandit -r src', 'bandit -r src'],
    ['uv run --with pytest python -m pytest', 'pytest'],
    ['poetry run pip-audit', 'pip-audit'],
    ['poetry install', 'poetry install'],
    ['coverage run -m pytest tests', 'pytest tests'],
    ['coverage run --source=hc manage.py test', 'python manage.py test'],
    ['npm --prefix api run lint', 'npm run lint, in api'],
    ['npm run lint --prefix=api', 'npm run lint, in api'],
    ['make -C admin test', 'make test, in admin'],
    ["bash -c 'npm audit || true'", 'bash, script npm audit || true'],
    [
      'docker run --rm -v .:/src semgrep/semgrep:1.2 semgrep --config auto',
      'semgrep --config auto, of semgrep/semgrep:1.2',
    ],
    ['docker run aquasec/trivy fs .', 'trivy fs ., of aquasec/trivy'],
    ['docker build .', 'docker build .'],
    ['npx @acme/scan@1 --all', '@acme/scan --all'],
    ['sudo -E env A=1 bandit -r .', 'bandit -r .'],
    ['timeout 60s npm test', 'npm test'],
    ['xargs -q bandit -f json', 'bandit -f json'],
    ['A=1', undefined],
    ['npx', undefined],
  ])('takes %j for %j', (text, program) => {
    expect(shown(text)).toBe(program);
  });
});
