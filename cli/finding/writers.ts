import { writeGithub } from './github.ts';
import { writeGitlab } from './gitlab.ts';
import { writeJson } from './json.ts';
import { writeJunit } from './junit.ts';
import type { Report, Writer, WriterOptions } from './report.ts';
import { writeSarif } from './sarif.ts';
import { writeText } from './text.ts';

export const formats = ['text', 'json', 'sarif', 'html', 'junit', 'github', 'gitlab'] as const;
export type Format = (typeof formats)[number];

const writers: Readonly<Record<Exclude<Format, 'html'>, Writer>> = {
  text: writeText,
  json: writeJson,
  sarif: writeSarif,
  junit: writeJunit,
  github: writeGithub,
  gitlab: writeGitlab,
};

/** The report in one of the formats. The library that HTML is made with is loaded only for it. */
export async function writeReport(format: Format, report: Report, options: WriterOptions): Promise<string> {
  if (format !== 'html') return writers[format](report, options);
  const { writeHtml } = await import('./html/html.ts');
  return writeHtml(report);
}
