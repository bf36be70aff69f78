/** Without NUL and halves of surrogate pairs, which nothing can store. */
export const clean = (text: string) => text.replace(/[\0\ud800-\udfff]/gu, '');
export const cut = (text: string, most: number) => (text.length > most ? [...text.slice(0, 2 * most)].slice(0, most).join('') : text);

/** One layer of percent-encoding. Of a run that is no UTF-8, ASCII is decoded and the rest stays as it is written. */
export const unescaped = (text: string) =>
  text.replace(/(?:%[\dA-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%[0-7]./g, decodeURIComponent);
    }
  });
