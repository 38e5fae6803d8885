import { describe, expect, it } from 'vitest';
import { type ShellMode, shellCommands } from './shell-commands.ts';

const strict: ShellMode = { stopsOnError: true, pipefail: false };
const loose: ShellMode = { stopsOnError: false, pipefail: false };

function shown(text: string, mode = strict): string[] {
  return shellCommands(text, mode).map(
    ({ words, ignored, runs }) => `${words.join(' ')} [${ignored} ${runs}]`,
  );
}

describe('shellCommands', () => {
  it.each<[string, string[], ShellMode?]>([
    ['npm ci\nnpm audit', ['npm ci [no yes]', 'npm audit [no yes]']],
    ['npm audit || true', ['npm audit [yes yes]', 'true [no maybe]']],
    ['npm audit || exit 1', ['npm audit [no yes]', 'exit 1 [no maybe]']],
    ['npm audit || ./report.sh', ['npm audit [maybe yes]', './report.sh [no maybe]']],
    ['cd a && npm audit || :', ['cd a [yes yes]', 'npm audit [yes yes]', ': [no maybe]']],
    ['npm audit | tee log', ['npm audit [yes yes]', 'tee log [no yes]']],
    [
      'set -o pipefail\nnpm audit | tee log',
      ['set -o pipefail [no yes]', 'npm audit [no yes]', 'tee log [no yes]'],
    ],
    ['npm audit; npm test', ['npm audit [yes yes]', 'npm test [no yes]'], loose],
    ['npm audit && npm test', ['npm audit [no yes]', 'npm test [no yes]'], loose],
    ['npm audit &', ['npm audit [yes yes]']],
    ['! npm audit', ['npm audit [yes yes]']],
    ['set +e\nnpm audit', ['set +e [maybe yes]', 'npm audit [maybe yes]']],
    ['if [ -n "$CI" ]; then\n  npm audit\nfi', ['[ -n $CI ] [maybe yes]', 'npm audit [no maybe]']],
    ['[ -n "$CI" ] && npm audit', ['[ -n $CI ] [no yes]', 'npm audit [no maybe]']],
    ['if npm audit; then echo good; fi', ['npm audit [maybe yes]', 'echo good [no maybe]']],
    [
      'for f in a b; do\n  safety check -r $f || exit 1\ndone',
      ['safety check -r $f [no yes]', 'exit 1 [no maybe]'],
    ],
    ["semgrep --config 'p/ci' \\\n  --error # all of it", ['semgrep --config p/ci --error [no yes]']],
    ['cat <<EOF > f\nnpm audit\nEOF\nnpm test', ['cat [no yes]', 'npm test [no yes]']],
    ['echo "npm audit || true"', ['echo npm audit || true [no yes]']],
    ['(cd api; npm audit) || true', ['cd api [no yes]', 'npm audit [yes yes]', 'true [no maybe]']],
    ['pip-audit > out.txt 2>&1', ['pip-audit [no yes]']],
    [
      'X=$(npm audit || true)',
      ['npm audit [yes yes]', 'true [maybe maybe]', 'X=$(npm audit || true) [no yes]'],
    ],
    ['X=$(npm audit)', ['npm audit [maybe yes]', 'X=$(npm audit) [no yes]']],
    ['', []],
    ['"npm audit', ['npm audit [no yes]']],
  ])('reads %j', (text, commands, mode) => {
    expect(shown(text, mode)).toEqual(commands);
  });

  it('ends in time on what is hostile', () => {
    for (const text of [
      '('.repeat(100_000),
      '"'.repeat(100_001),
      '$('.repeat(50_000),
      'if '.repeat(50_000),
      '\\'.repeat(99_999),
    ]) {
      expect(shellCommands(text, strict).length).toBeLessThan(60_000);
    }
  });
});
