import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { isElsewhere } from '../production-file.ts';

const mostFiles = 500;
const makes = /\bcreate\s+(?:role|user)\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?([^;]{0,300})/gi;
const changes = /\balter\s+(?:role|user)\s+"?(\w+)"?([^;]{0,300})/gi;

/** Where scripts make a role; none if one of them makes it a superuser, or a member of what may be one. */
export function makersOf(subject: Subject, role: string): readonly Evidence[] {
  const makers: Evidence[] = [];
  const paths = subject.paths.filter((path) => /\.(sql|sh)$/i.test(path) && !isElsewhere(path));
  for (const path of paths.slice(0, mostFiles)) {
    const text = subject.read(path) ?? '';
    for (const pattern of [makes, changes])
      for (const found of text.matchAll(pattern)) {
        if (found[1]?.toLowerCase() !== role.toLowerCase()) continue;
        if (/\b(superuser|createrole|in\s+role|replication|bypassrls)\b/i.test(found[2] ?? '')) return [];
        if (pattern === changes) continue;
        const line = text.slice(0, found.index).split('\n').length;
        makers.push({ text: `create role ${role}`, path, line });
      }
    if (
      new RegExp(
        `\\bgrant\\s+"?(pg_\\w+|postgres|rds_superuser)"?\\s+to\\s+"?${role.replace(/\W/g, '')}\\b`,
        'i',
      ).test(text)
    )
      return [];
  }
  return paths.length > mostFiles ? [] : makers;
}
