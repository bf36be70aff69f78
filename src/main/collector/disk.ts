/** First-party storage; memory where the browser refuses it (sandboxed frames, full or forbidden storage). */

/** What a function gives; nothing where it throws. */
export const attempt = <T>(f: () => T, failed?: () => void): T | undefined => {
  try {
    return f();
  } catch {
    failed?.();
  }
  return;
};

const real: Record<string, string> = attempt(() => localStorage as any) || {};
let disk = real;

export const keys = (prefix: string) =>
  Object.keys(disk)
    .filter((k) => k.startsWith(prefix))
    .sort();

export const read = (key: string): any => attempt(() => JSON.parse(disk[key]));

/** What other tabs see. A refusal must hold there, and they may have refused meanwhile. */
export const shared = (key: string): any => attempt(() => JSON.parse(real[key]));

export const erase = (key: string) => {
  delete disk[key];
  delete real[key];
};

export const write = (key: string, value: unknown) => {
  const text = JSON.stringify(value);
  attempt(
    () => (disk[key] = text),
    () => (disk = { ...disk, [key]: text }),
  );
  // Once in memory, because storage was full, it stays there; but what is erased since may have made room for this.
  if (disk != real) attempt(() => (real[key] = text));
};

/** A copy as JSON has it: dates become text, functions go, and the page can't change it afterwards. */
export const copy = (value: unknown) => JSON.parse(JSON.stringify(value));
