/** First-party storage; memory where the browser refuses it (sandboxed frames, full or forbidden storage). */

let disk: Record<string, string>;
try {
  disk = (localStorage as unknown as Record<string, string>) || {};
} catch {
  disk = {};
}

export const read = (key: string): string | undefined => disk[key];

export const keys = (prefix: string) =>
  Object.keys(disk)
    .filter((k) => k.startsWith(prefix))
    .sort();

export const write = (key: string, value: string) => {
  try {
    disk[key] = value;
  } catch {
    disk = { ...disk, [key]: value };
  }
};

export const erase = (key: string) => {
  delete disk[key];
};

export const parsed = (text: string | undefined) => {
  try {
    return JSON.parse(text!) || {};
  } catch {
    return {};
  }
};
