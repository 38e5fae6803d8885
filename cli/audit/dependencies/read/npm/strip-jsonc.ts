/** JSON out of JSON with comments and trailing commas, with each line where it was. */
export function stripJsonc(text: string): string {
  return text
    .replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (all, string?: string) =>
      string === undefined ? all.replace(/[^\n]/g, ' ') : all,
    )
    .replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[\]}])/g, (_, string?: string) => string ?? ' ');
}
