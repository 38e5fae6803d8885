/**
 * Where the scanner may name a language: in `languages/`, its fixers, the models of its libraries and frameworks, and tests. All other code asks `Language` for a fact, or has a table by language (`languages/by-host.ts`).
 */
const home =
  /^cli\/scan\/(languages|libraries|frameworks\/(?!traits|routes)\w+|fix\/(javascript|python|template))\/|\/testing\/|\.test\.ts$/;

const named =
  /(['"`])(?:python|javascript)\1|\bis(?:Python|Javascript|JavaScript)\b|language\b[^;]*[!=]== 'template'|endsWith\('\.py'\)/;

/** A rule says as data which languages it is for. */
const data = /^\s*(?:languages: \[|const languages: .* = \[)/;

/** The lines of a file of the scanner that ask which language it is. */
export function languageTests(file: string, text: string): string[] {
  if (!file.startsWith('cli/scan/') || !file.endsWith('.ts') || home.test(file)) return [];
  return text.split('\n').flatMap((line, index) => {
    const code = line.replace(/^\s*(?:\/?\*|\/\/).*/, '');
    const isData = file.startsWith('cli/scan/rules/') && data.test(code);
    return named.test(code) && !isData ? [`${file}:${index + 1}: ${line.trim()}`] : [];
  });
}
