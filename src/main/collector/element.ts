/** Methods of elements as the browser has them: a form's own ones can be replaced by its fields (`<input name="matches">`). */
export const matches = (e: unknown, selector: string): boolean => Element.prototype.matches.call(e, selector);
