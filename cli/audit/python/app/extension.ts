import type { Evidence } from '../../check/outcome.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { Subject } from '../../subject/subject.ts';
import type { CallArguments } from '../call-arguments.ts';
import { isForDevelopment } from '../deployed-variables.ts';
import { isType } from '../value.ts';
import type { PythonApp } from './find-apps.ts';

/** What an extension was made with, such as `Talisman(app, force_https=False)`, by the name of its class. The last one counts. */
export function extension({ object }: PythonApp, name: string): CallArguments | undefined {
  return object.calls.findLast((call) => !call.isMain && lastPart(call.name) === name)?.given;
}

export function extensionEvidence({ object }: PythonApp, name: string): Evidence[] {
  return object.calls
    .filter((call) => !call.isMain && lastPart(call.name) === name)
    .map(({ spot: { path, line, text } }) => ({ path, line, text }));
}

export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Whether an application of Flask can have sessions: it has a secret key, or a library that keeps log-ins. */
export function hasSessions(app: PythonApp, subject: Subject): boolean {
  const config = app.object.fields.get('config')?.[0].plain;
  if (isType(config, 'dict') && (config.entries.has('SECRET_KEY') || config.more !== undefined)) return true;
  return (
    fileWith(
      subject,
      /\bflask_(login|session|security|httpauth)\b|\bsession\s*\[|\bSECRET_KEY\b|\bsecret_key\b/,
    ) !== undefined
  );
}

const mostFiles = 5000;

/** A file of Python that can be part of production, with such a text. */
export function fileWith({ paths, read }: Subject, pattern: RegExp): string | undefined {
  return paths
    .filter((path) => path.endsWith('.py') && isProductionPath(path) && !isForDevelopment(path))
    .slice(0, mostFiles)
    .find((path) => pattern.test(read(path) ?? ''));
}
