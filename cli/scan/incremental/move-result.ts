import type { Place, Step } from '../../finding/finding.ts';
import { placeOf } from '../report/findings.ts';
import type { MovedCode } from './moved-code.ts';
import type { PartResult } from './scan-part.ts';

/**
 * The result of a part, with its findings moved to their new positions after edits that left all code unchanged.
 *
 * @param moved the old and new positions, by path
 * @returns undefined if the new position of a finding is unknown
 */
export function moveResult(
  result: PartResult,
  moved: ReadonlyMap<string, MovedCode>,
): PartResult | undefined {
  let isLost = false;
  const move = (place: Place): Place => {
    const found = movePlace(place, moved.get(place.path));
    isLost ||= found === undefined;
    return found ?? place;
  };
  const moveAll = (steps: readonly Step[]): Step[] =>
    steps.map((step) => ({ ...step, place: move(step.place) }));
  const findings = result.findings.map((finding) => ({
    ...finding,
    place: move(finding.place),
    steps: moveAll(finding.steps),
    ...(finding.otherWays ? { otherWays: finding.otherWays.map(moveAll) } : {}),
  }));
  const notices = result.notices.map((notice) =>
    notice.place ? { ...notice, place: move(notice.place) } : notice,
  );
  const modules = [...moved.values()].map(({ after }) => after);
  const commented = [
    ...result.commented.filter(({ path }) => !moved.has(path)),
    ...modules
      .filter(({ comments }) => comments.length > 0)
      .map(({ path, comments, lines }) => ({ path, comments, lines })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  let { lines } = result;
  for (const { before, after } of moved.values()) lines += after.lines.length - before.lines.length;
  return isLost ? undefined : { ...result, findings, notices, commented, lines };
}

function movePlace(place: Place, moved: MovedCode | undefined): Place | undefined {
  if (!moved) return place;
  const { before, after, starts, ends } = moved;
  const from = offsetOf(before.lines, place.line, place.column);
  const to = offsetOf(before.lines, place.endLine, place.endColumn);
  const at = starts.get(from);
  // The start of a function is shown as one character, which is no end of an instruction.
  const end = ends.get(to) ?? (to - from <= 1 && at !== undefined ? at + to - from : undefined);
  return at === undefined || end === undefined ? undefined : placeOf(after, at, end);
}

function offsetOf(lines: readonly number[], line: number, column: number): number {
  return (lines[line - 1] ?? 0) + column - 1;
}
