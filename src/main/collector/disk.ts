/** First-party storage; memory where the browser refuses it (sandboxed frames, full or forbidden storage). */
import { attempt } from './attempt';

const real: Record<string, string> = attempt(() => localStorage as any) || {};
/** What could not be stored. */
const memory: Record<string, string> = {};

export const keys = (prefix: string) =>
  Object.keys({ ...real, ...memory })
    .filter((k) => k.startsWith(prefix))
    .sort();

/** What is really stored comes first: other tabs see it, and they may have refused meanwhile. */
export const read = (key: string): any => attempt(() => JSON.parse(real[key] ?? memory[key]));

export const erase = (key: string) => {
  delete real[key];
  delete memory[key];
};

export const write = (key: string, value: unknown) => {
  const text = JSON.stringify(value);
  erase(key);
  attempt(
    () => (real[key] = text),
    () => (memory[key] = text),
  );
};

/** A copy as JSON has it: dates become text, functions go, and the page can't change it afterwards. */
export const copy = (value: unknown) => JSON.parse(JSON.stringify(value));
