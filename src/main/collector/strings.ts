import { attempt } from './attempt';

/** Without NUL and halves of surrogate pairs, which nothing can store. */
export const clean = (text: string) => text.replace(/[\0\p{Cs}]/gu, '');
/** No more than so many code points. */
export const cut = (text: string, most: number) => (text.length > most ? RegExp(`^[^]{0,${most}}`, "u").exec(text)![0] : text);

/** One layer of percent-encoding. Of a run that is no UTF-8, ASCII is decoded and the rest stays as it is written. */
export const unescaped = (text: string) =>
  text.replace(/(?:%[\dA-Fa-f]{2})+/g, (run) => attempt(() => decodeURIComponent(run), () => run.replace(/%[0-7]./g, decodeURIComponent))!);
