/** `PermissionRequiredMixin`, `UserPassesTestMixin`, `StaffRequiredMixin` */
const checking = /permission|passestest|staff|superuser|admin|group/i;

/** Whether a view lets in only those who have a right, by one of the classes that it extends. */
export function isChecking(bases: ReadonlySet<string>): boolean {
  return [...bases].some((name) => checking.test(name));
}
