import type { Diagnosis } from '../diagnosis.ts';
import { readProject } from './code-project.ts';
import { diagnoseGuards } from './diagnose-guards.ts';
import { diagnoseInstalled } from './diagnose-installed.ts';
import { diagnoseOrder } from './diagnose-order.ts';

/** Diagnoses an application's code without running it. */
export function diagnoseCode(folder: string): readonly Diagnosis[] {
  const project = readProject(folder);
  return [...diagnoseOrder(project), diagnoseGuards(project), ...diagnoseInstalled(project)];
}
