// The twin of dev.weir.policy.Scrubber: docs/policy-language.md, "Scrubbing a string". What is looked for is in detectors.ts. Each
// expression after a comment that names it stands in Expressions.java too, letter for letter; DetectorsTest compares them.
import { detectors, type Finder } from './detectors';
import { binary } from './base64';
import type { Scrubbed, Scrubber } from './given';
import { cut, unescaped } from './strings';
import { covers } from './url';


const fold = (s: string) =>
  s
    .replace(/* invisible */ /[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]/g, '')
    .replace(/\s/g, ' ')
    .replace(/* dashes */ /[\u2010-\u2015\u2212]/g, '-')
    .replace(/* wide */ /[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 65248));

const decode = (s: string) =>
  unescaped(s).replace(/* reference */ /&#(?:0*(\d{1,3})|[xX]0*([\dA-Fa-f]{1,2}));|[\\%](?:u00|x)([0-7][\dA-Fa-f])|\\[nrt]/g, (_, decimal, hex, js) =>
    String.fromCharCode(decimal || parseInt(hex || js || 'a', 16)),
  );

/** The part of a pair such as `token=…` or `"token":"…"`, by the rules for parameters of addresses. */
const pair = ({ mode, names }: any): Finder => {
  const listed = (name: string) => names.some((pattern: string) => covers(pattern, name));
  return [
    /* pair */ /([\w.-]{1,64})(?:=|" ?: ?")[^ &;#"'<>]+/g,
    ([m, written], before) => {
      const name = written.toLowerCase();
      return !/[A-Za-z\d]$/.test(before) && (mode == 'block' ? [name, ...name.split('.')].some(listed) : !listed(name))
        ? m.length
        : -written.length;
    },
  ];
};

export const scrubber: Scrubber = (rules, urls) => {
  const patterns = rules.filter((rule) => rule.pattern);
  const steps = Object.keys(detectors)
    .flatMap((name) => rules.find((rule) => rule.detector == name) || [])
    .concat(urls ? { detector: 'parameter', action: 'mask' } : [], patterns)
    .map(
      ({ detector, pattern, label = detector, action }) =>
        [label, action, pattern, ...(detectors[detector!] || (pattern ? [RegExp(pattern, 'gi'), ([m]: string[]) => m.length] : pair(urls.parameters)))] as [string, string, string | undefined, ...Finder],
    );

  return (text: string, key = ''): Scrubbed => {
    const hits: [string, string][] = [];
    let found = 0;
    let last: string;

    /** The text with what the rules find replaced. */
    const all = (s: string, key: string) => {
      for (const [label, action, pattern, expression, check] of steps) {
        let out = '';
        let done = 0;
        let m;
        expression.lastIndex = 0;
        while ((m = expression.exec(s))) {
          const at = m.index;
          let n = +(check(m, s.slice(at < 64 ? 0 : at - 64, at), key, s) || 0);
          const open = s.lastIndexOf('[', at);
          if (pattern && steps.some(([l]) => s.startsWith(`[${l}]`, open) && at + n < open + l.length + 3)) n = -n;
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
    for (
      let depth = patterns[0] || /* worth */ /[\d@="\uff02\uff10-\uff20]|eyJ|-----B|[aA][sS][iI][cC]/.test(text) ? 3 : 0;
      depth--;
      depth = /* encoded */ /&#|[\\%][\dA-Fa-fnrtux]/.test(layer) ? depth : 0, layer = decode(layer)
    ) {
      const start = found;
      let n;
      layer = fold(layer);
      do {
        n = found;
        layer = all(layer, key).replace(/* base64 */ /eyJ[\w+\/-]{9,}(?:\.[\w+\/-]*){0,4}/g, (token) => {
          const n = found;
          return token.split('.').some((part) => all(fold(binary(part)), '') && found > n) ? `[${last}]` : token;
        });
      } while (n < found && found < start + 1e3);
      if (found > start) text = layer;
    }
    return [hits.some((hit) => hit[1] == 'drop') ? null : text, hits];
  };
};
