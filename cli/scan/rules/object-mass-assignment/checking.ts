/** `PermissionRequiredMixin`, `UserPassesTestMixin`, `StaffRequiredMixin` */
const checking = /permission|passestest|staff|superuser|admin|group/i;

/** Whether a base class of a view restricts access to users with some permission. */
export function isChecking(bases: ReadonlySet<string>): boolean {
  return [...bases].some((name) => checking.test(name));
}
