// The twin of dev.weir.policy.Scrubber: docs/policy-language.md, "Scrubbing a string". What is looked for is in detectors.ts. Each
// expression after a comment that names it stands in Expressions.java too, letter for letter; DetectorsTest compares them.
import { detectors, near } from './detectors';
import { binary } from './base64';
import { cut, unescaped } from './strings';
import { forbidding } from './url';

export interface TextRule {
  detector?: string;
  pattern?: string;
  label?: string;
  action?: string;
}

/** What may be kept of a text (undefined: drop the field), and [label, action] of each rule that found something. */
export type Scrubbed = [text: string | undefined, hits: [label: string, action?: string][]];

/** Finds personal data in texts, by the rules of a policy for texts and for parameters of addresses; `key` is the name under which a text came. */
export type Scrubber = (rules: TextRule[], urls?: any) => (text: string, key?: string) => Scrubbed;

const fold = (s: string) =>
  s
    .replace(/\p{DI}/gu, '')
    .replace(/\s/g, ' ')
    .replace(/* dashes */ /[\u2010-\u2015\u2212]/g, '-')
    .replace(/* wide */ /[\uff01-\uff5e]/g, (c) => c.normalize('NFKC'));

const decode = (s: string) =>
  unescaped(s).replace(/* reference */ /&#(?:0*(\d{1,3})|[xX]0*([\dA-Fa-f]{1,2}));|[\\%](?:u00|x)([0-7][\dA-Fa-f])|\\[nrt]/g, (_, decimal, hex, js) =>
    String.fromCharCode(decimal || '0x' + (hex || js || 'a')),
  );

export const scrubber: Scrubber = (rules, urls) => {
  const patterns = rules.filter((rule) => rule.pattern);
  const steps: any[][] = [
    ...detectors.flatMap(([name, ...how]) => rules.filter((rule) => rule.detector == name).slice(0, 1).map((rule) => [name, rule.action, ...how])),
    // The part of a pair such as `token=…` or `"token":"…"`, by the rules for parameters of addresses.
    ...(urls
      ? [
          [
            'parameter',
            'mask',
            /* pair */ /([\w.-]{1,64})(?:=|" ?: ?")[^ &;#"'<>]+/g,
            ([m, name]: string[]) => (forbidding(urls.parameters, name.toLowerCase()) != null ? m : -name.length),
          ],
        ]
      : []),
    ...patterns.map(({ pattern, label, action }) => [label, action, RegExp(pattern!, 'gi')]),
  ];

  return (text: string, key = ''): Scrubbed => {
    const hits: [string, string][] = [];
    let found = 0;
    let last: string;

    /** The text with what the rules find replaced. */
    const all = (s: string, key: string) => {
      for (const [label, action, expression, check, hints, nots] of steps) {
        let out = '';
        let done = (expression.lastIndex = 0);
        let m: any;
        while ((m = expression.exec(s))) {
          const at = m.index;
          const before = s.slice(0, at).slice(-64);
          const open = s.lastIndexOf('[', at);
          // A pattern takes whatever it finds, but for a placeholder and its parts.
          const taken =
            (check
              ? !/[A-Za-z\d]$/.test(before) && check(m, before, near(hints, before, key), near(nots, before, key), s)
              : steps.some(([l]) => s.startsWith(`[${l}]`, open) && at + m[0].length < open + l.length + 3)
                ? -m[0].length
                : m[0]) || 0;
          const n = taken.length ?? taken;
          if (n > 0) {
            out += s.slice(done, at) + `[${(last = label)}]`;
            done = at + n;
            found++;
            if (!hits.some((hit) => hit[0] == label)) hits.push([label, action]);
          }
          expression.lastIndex = at + (Math.abs(n) || 1);
        }
        s = out + s.slice(done);
      }
      return s;
    };

    let layer = (text = cut(text, 8192));
    let before;
    let finding = 4;
    for (
      let depth = patterns[0] || /* worth */ /[\d@="\uff02\uff10-\uff20]|eyJ|-----B|[aA][sS][iI][cC]/.test(text) ? 3 : 0;
      depth-- && before != layer;
      layer = decode((before = layer))
    ) {
      const start = found;
      let n;
      layer = fold(layer);
      do {
        n = found;
        layer = all(layer, key).replace(/* base64 */ /eyJ[\w+\/-]{9,}(?:\.[\w+\/-]*){0,4}/g, (token) =>
          token.split('.').some((part) => all((part = fold(binary(part))), '') != part) ? `[${last}]` : token,
        );
      } while (n < found && found < start + 1e3);
      // What is left is itself a text as it came: two more layers. Of a text with finds in too many nothing stays.
      if (found > start) {
        depth = 2;
        text = finding-- ? layer : (layer = `[${last!}]`);
      }
    }
    return [hits.some((hit) => hit[1] == 'drop') ? undefined : text, hits];
  };
};
