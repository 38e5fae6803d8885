import picocolors from 'picocolors';
import type { Finding } from '../../../finding/finding.ts';
import type { Notice, Report, WriterOptions } from '../../../finding/report.ts';
import { summary } from '../../../finding/summary.ts';
import { writeText } from '../../../finding/text.ts';
import { visible } from '../../../finding/visible.ts';
import { newFindings } from '../../report/new-findings.ts';

/** The report of a repeated scan: new findings with their paths, fixed ones with a line each, new notices, and the totals. */
export function changeText(before: Report, after: Report, { color }: WriterOptions): string {
  const colors = picocolors.createColors(color);
  const added = newFindings(before, after);
  const gone = newFindings(after, before);
  const told = new Set(before.notices.map(noticeKey));
  const notices = after.notices.filter((notice) => !told.has(noticeKey(notice)));
  const lines = gone.map((finding) => `${colors.green('gone')} ${goneText(finding)}\n`);
  const counts = `${added.length} new, ${gone.length} gone`;
  const totals = colors.bold(`${counts}; in all: ${summary(after)}`);
  return `${textWithoutSummary({ ...after, findings: added, notices }, { color })}${lines.join('')}${totals}\n`;
}

/** The summary of a report counts only its own findings; here all of them count. */
function textWithoutSummary(report: Report, options: WriterOptions): string {
  const text = writeText(report, options).trimEnd();
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

function goneText({ rule, place }: Finding): string {
  return `${visible(rule)} in ${visible(place.path)}, which was at ${place.line}:${place.column}`;
}

function noticeKey({ code, message, place }: Notice): string {
  return JSON.stringify([code, message, place?.path, place?.line, place?.column]);
}
