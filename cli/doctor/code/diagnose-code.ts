import type { Diagnosis } from '../diagnosis.ts';
import { readProject } from './code-project.ts';
import { diagnoseGuards } from './diagnose-guards.ts';
import { diagnoseInstalled } from './diagnose-installed.ts';
import { diagnoseOrder } from './diagnose-order.ts';

/** Diagnoses the code of an application: what is imported, and never reached. Nothing is run. */
export function diagnoseCode(folder: string): readonly Diagnosis[] {
  const project = readProject(folder);
  return [...diagnoseOrder(project), diagnoseGuards(project), ...diagnoseInstalled(project)];
}
