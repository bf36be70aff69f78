export interface TextRule {
  detector?: string;
  pattern?: string;
  label?: string;
  action: string;
}

/** What may be kept of a text (null: drop the field), and [label, action] of each rule that found something. */
export interface Scrubbed {
  text: string | null;
  hits: [string, string][];
}

export function scrubber(rules: TextRule[]): (text: string, key?: string) => Scrubbed {
  return (text) => {
    const hits: [string, string][] = [];
    for (const { detector, action } of rules) {
      const re =
        detector == "email"
          ? /[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}/g
          : detector == "card"
            ? /4[0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}/g
            : 0;
      const next = re ? text.replace(re, `[${detector}]`) : text;
      if (next != text) {
        hits.push([detector!, action]);
        text = next;
      }
    }
    return { text, hits };
  };
}
