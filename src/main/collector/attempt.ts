/** What a function gives; where it throws, what `failed` gives, or nothing. */
export const attempt = <T>(f: () => T, failed?: () => T | void): T | undefined => {
  try {
    return f();
  } catch {
    return failed?.() as T | undefined;
  }
};
