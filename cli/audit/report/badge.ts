import { type Audit, countLines } from '../audit.ts';

/** The score as an SVG of two fields. Nothing of the project stands in it. */
export function writeBadge(audit: Audit): string {
  const { pass, fail } = countLines(audit);
  const of = audit.lines.length;
  const score = `${pass} of ${of}`;
  const color = fail > 0 ? '#b3311b' : pass === of ? '#1a6b36' : '#8a5a00';
  const left = 104;
  const right = 24 + score.length * 7;
  const title = `bulwark audit: ${score} lines pass${fail > 0 ? `, ${fail} ${fail === 1 ? 'fails' : 'fail'}` : ''}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${title}">
  <title>${title}</title>
  <rect width="${left + right}" height="20" rx="3" fill="#3a3f46"/>
  <path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${left}z" fill="${color}"/>
  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
    <text x="${left / 2}" y="14">bulwark audit</text>
    <text x="${left + right / 2}" y="14">${score}</text>
  </g>
</svg>
`;
}
