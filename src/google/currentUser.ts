/** The address of the person in whose name this runs; undefined where Google does not tell ([doc SE]). */
export function currentUser(): string | undefined {
  try {
    return Session.getEffectiveUser().getEmail() || undefined;
  } catch {
    return undefined;
  }
}
