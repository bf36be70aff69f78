// The twin of dev.weir.policy.Scrubber: docs/policy-language.md, "Scrubbing a string". Each expression and list after a comment that
// names it stands in Expressions.java too, letter for letter; DetectorsTest compares them.

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

/** Whether one of some words is near a candidate: 2, just before it; 1, in the key; 0, it isn't. */
type Near = () => number;

/**
 * How many characters of a match are what is looked for; nothing: none, look again one character further on; negative: none, and that
 * many need not be looked at again.
 */
type Check = (match: string[], before: string, hint: Near, not: Near, text: string) => unknown;

type Words = [before: RegExp, key: RegExp];

type Finder = [expression: RegExp, check: Check, hints?: Words, nots?: Words];

const words = (list: string): Words => [
  RegExp(
    `(?:^|[^a-z])(?:${list})(?:[^a-z\\[\\]]{1,6}(?:${/* fill */ "number|no|num|nr|is|was|at|on|in|of|me|us|to|the|my|our|your|home|work"})){0,4}[^a-z\\[\\]]{0,6}$`,
  ),
  RegExp(`(?:^|[^a-z])(?:${list})(?![a-z])`),
];

/** Lower case, with a space before each capital that follows two small letters. */
const split = (s: string) => s.replace(/* camel */ /([a-z]{2})(?=[A-Z])/g, "$1 ").toLowerCase();

const binary = (s: string) => {
  try {
    return atob(s.replace(/-/g, "+").replace(/_/g, "/").replace(/=/g, ""));
  } catch {
    return "";
  }
};

const joined = (before: string) => /* joined */ /\d[.\/-]$/.test(before);

const whole: Check = ([m]) => m.length;

/** A run of characters counts only with what follows it, and is looked at once. */
const run: Check = ([m, rest]) => (rest ? m.length : -m.length);

const iban: Check = ([m]) => {
  const length = RegExp("(\\d\\d)(?:[A-Z]{2})*?" + m.slice(0, 2).toUpperCase()).exec(
    /* iban-lengths */ "15NO16BE18AXDKFIFKFOGLNLSD19MKSI20ATBAEEKZLTLUMNXK21CHHRLILV22BGBHCRDEGBGEGGIEIMJEMERSVA23AEGIILIQOMSOTL24ADCZESMDPKROSASESKTNVG25AOCVGWLYMZPTST26DZIRISTR27BIBLCFCGCMDJFRGAGFGPGQGRITKMMCMFMGMQMRNCPFPMRESMTDTFWFYT28ALAZBFBJBYCICYDOGTHNHULBMAMLNENIPLSNSVTG29BREGPSQAUA30JOKWMUYE31MTSC32LC33RU",
  );
  let n = "";
  let rest = 0;
  let i = 0;
  for (; length && n.length < +length[1]; i++) {
    if (!m[i]) return;
    if (/\w/.test(m[i])) n += m[i];
  }
  for (const c of n.slice(4) + n.slice(0, 4)) rest = +(rest + "" + parseInt(c, 36)) % 97;
  return rest == 1 && !/\w/.test(m[i] || "") && i;
};

const card: Check = ([m], before, hint, not) => {
  for (let i = joined(before) ? 0 : m.length; i > 11; i--) {
    const part = m.slice(0, i);
    const n = part.replace(/\D/g, "");
    let sum = 0;
    for (let k = n.length, d; k--; sum += d > 9 ? d - 9 : d) d = +n[k] << ((n.length - 1 - k) & 1);
    if (
      /\d$/.test(part) &&
      !/\d/.test(m[i] || "") &&
      sum % 10 < 1 &&
      (hint() ||
        (/* card-groups */ /^\d{4,}(?:\D+\d{3,})*(?:\D+\d+)?$/.test(part) &&
          /* card-issuers */ /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3[0689]\d{12}|3[05689]\d{14,17}|(?:1800|2131|122\d)\d{11}|(?:5[0678]|6\d|8[12])\d{14,17}|(?:5018|5020|5038|5[678]\d\d|6304|6390|0604|67\d\d)\d{8,11})$/.test(
            n,
          ))) &&
      hint() >= not()
    )
      return i;
  }
  return 0;
};

const finders: Record<string, Finder> = {
  jwt: [/* jwt */ /eyJ[\w-]*(\.[\w-]{8,}(?:\.[\w-]*){0,3})?/g, run],
  apikey: [
    /* apikey */ /(?:AKIA|ASIA)[A-Z\d]{16}|AIza[\w-]{35}|(?:AC|SK)[\da-f]{32}|SG\.[\w-]{16,}\.[\w-]{16,}|ya29\.[\w-]{20,}|(?:(?:gh[a-z]|github_pat|npm|hf|shp[a-z]{2}|whsec|[rsp]k_live|[rsp]k_test)_|(?:glpat|xox[a-z]|xapp|pypi|sk)-)(?=[\w-]{0,99}\d)[\w-]{16,}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\w+\/=\\ -]*|[Bb]earer +(?=[\w.~+\/-]{0,99}\d)[\w.~+\/-]{16,}=*|[Bb]asic +([\w+\/-]{8,}=*)/g,
    ([m, basic]) => (!basic || /:/.test(binary(basic))) && m.length,
  ],
  email: [
    /* email */ /(?:[\w.!#$%'*+^`{|}~\xaa-\u1fff\u3040-\ud7ff-]+|"[ !#-~\xa0-\ud7ff]{1,64}"(?=@))(@(?:\[[\w:.]{3,45}\]|(?!\d+\.\d|\dx\.)(?:[\w\xaa-\u1fff\u3040-\ud7ff][\w\xaa-\u1fff\u3040-\ud7ff-]{0,99}\.){1,8}(?:xn--[\w-]{2,59}|[A-Za-z\xaa-\u1fff\u3040-\ud7ff]{2,24})))?/g,
    run,
  ],
  iban: [/* iban */ /[A-Za-z]{2}\d\d(?:[ .+-]?[A-Za-z\d]){11,30}/g, iban],
  card: [
    /* card */ /\d(?:[ .+\/-]{0,2}\d){11,21}/g,
    card,
    words(/* card-words */ "cards?|card(?:no|number)|ccnum(?:ber)?|creditcard|cc|pan|visa|mastercard|amex"),
    words(/* card-not */ "isbn|ean|upc|gtin|barcode|tracking"),
  ],
  ssn: [
    /* ssn */ /(?!000|666|9)\d{3}([ .+\/-]{0,3})(?!00)\d\d\1(?!0000)\d{4}(?![A-Za-z\d]|[.-]\d)/g,
    ([m, separator], before, hint) => !joined(before) && (separator || hint()) && m.length,
    words(/* ssn-words */ "ssn|social|social ?security(?:number)?"),
  ],
  dob: [
    /* dob */ /(?:(?:\d{1,4}(?:st|nd|rd|th)?[ .,\/-]{1,2}(?:of )?[A-Za-z\d]{1,9}|[A-Za-z]{3,9}[ .-]{1,2}\d\d?(?:st|nd|rd|th)?)[ .,\/-]{1,3}\d{1,4}|\d{8})(?![A-Za-z\d])/g,
    ([m], _, hint) => hint() && m.length,
    words(/* dob-words */ "dob|d\\.o\\.b|bday|birth(?:day|date)?|dateofbirth|born"),
  ],
  ipv6: [
    /* ipv6 */ /(?:(?:[\dA-Fa-f]{1,4}:){6}(?:[\dA-Fa-f]{1,4}:[\dA-Fa-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d))|(?:[\dA-Fa-f]{1,4}(?::[\dA-Fa-f]{1,4}){0,6})?::(?:(?:[\dA-Fa-f]{1,4}:){0,6}(?:(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)|[\dA-Fa-f]{1,4}))?)(?!\w|\.\d)/g,
    ([m]) => /\d/.test(m) && !/* eui */ /^(?:\w\w:){7}\w\w$/.test(m) && m.length,
  ],
  ipv4: [
    /* ipv4 */ /(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|\.\d)/g,
    ([m], before, _, not, text) =>
      !/* versioned */ /[\d.]\.$|[\w.]\/$/.test(before) &&
      !(/ $/.test(before) && /* agent */ /^(?:Mozilla|Opera|Dalvik)\//.test(text)) &&
      !not() &&
      m.length,
    ,
    words(/* ipv4-not */ "version|ver|v|rv|build|release|firmware|sdk|revision|section"),
  ],
  phone: [
    /* phone */ /(?:(\(?\+ ?\d(?:[ .\/()-]{0,3}\d){6,14}|00[1-9]\d{0,2}[ .\/()-]{1,3}\d(?:[ .\/()-]{0,3}\d){5,11}|(?:[01][ .-]?)?\((?=\d+\)(?:[ .\/-]{0,3}\d){6})\d{2,5}\)(?:[ .\/-]{0,3}\d{2,8}){1,4}|(?:\d\d?[ .-])?(?:\d{3}[.\/-]\d{3}[ .-]|[2-9]\d\d (?:[2-9]\d\d |\d{3}-))\d{4})|(0(?=(?:[ .\/-]{0,3}\d){8})(?!\d{4}-\d{4}(?!\d))[ -]?[1-9]\d{0,3}(?:[ .\/-]{1,3}\d{2,8}){1,4}|0[1-9]\d{9}|\d{3} \d\d \d{3}|[1-9]\d \d{3} \d\d \d\d|\d{3}[ .-]\d{3}[ .-]\d\d[ .-]\d\d|(?:\d\d-){3}\d\d|[1-9]\d \d{3,5}[ -]\d{4}|[5-9]\d\d \d{3} \d{3}|1\d\d[ -]\d{4}[ -]\d{4})|[(+]{0,2}\d(?:[ .\/()-]{0,3}\d){5,14})(?:,? ?(?:[xX#]|[eE][xX][tT]\w{0,6}\.?) ?\d{1,6})?(?![A-Za-z\d]|[.-]\d|-[\dA-Fa-f]{2}(?!\w))/g,
    ([m, sure, likely], before, hint, not) =>
      !joined(before) &&
      !/* date */ /(?:^|\D)(?:(?:19|20)\d\d[ .\/-][01]?\d[ .\/-][0-3]?\d|[0-3]?\d[ .\/-][0-3]?\d[ .\/-](?:19|20)\d\d)(?:\D|$)|^\+\d{1,3}\.\d{1,7}$/.test(m) &&
      ((sure && /[+(]/.test(m)) || hint() > not() || (!/* money */ /[$€£¥] ?$|_$/.test(before) && (sure || (likely && !not())))) &&
      m.length,
    words(/* phone-words */ "(?:tele|cell|mobile)?phones?(?:no|num|numbers?)?|tel|telefon|mobile(?:no)?|cell|fax|msisdn|call|dial|sms|whatsapp|contact|reach|my number"),
    words(/* phone-not */ "isbn|ean|upc|gtin|sku|orders?|invoice|tracking|ref|reference|ticket|case|item|part|model|serial|id|version|type|os"),
  ],
};

const fold = (s: string) =>
  s
    .replace(/* invisible */ /[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g, "")
    .replace(/\s/g, " ")
    .replace(/* dashes */ /[\u2010-\u2015\u2212]/g, "-")
    .replace(/* wide */ /[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 65248));

const decode = (s: string) =>
  s
    .replace(/(?:%[\dA-Fa-f]{2})+/g, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run.replace(/%[0-7]./g, decodeURIComponent);
      }
    })
    .replace(/* reference */ /&#(?:(\d{1,3})|[xX]([\dA-Fa-f]{1,2}));|\\u00([0-7][\dA-Fa-f])/g, (_, decimal, hex, js) =>
      String.fromCharCode(decimal || parseInt(hex || js, 16)),
    );

export function scrubber(rules: TextRule[]): (text: string, key?: string) => Scrubbed {
  const patterns = rules.filter((rule) => rule.pattern);
  const steps = [...Object.keys(finders), ""]
    .flatMap((name) => rules.find((rule) => rule.detector == name) || [])
    .concat(patterns)
    .map(
      ({ detector, pattern, label = detector!, action }) =>
        [label, action, detector, detector ? finders[detector] : [RegExp(pattern!, "gi"), whole]] as [string, string, unknown, Finder],
    );

  return (text, key = "") => {
    const hits: [string, string][] = [];
    let found = 0;
    let last: string;

    /** The text with what the rules find replaced. */
    const all = (s: string, key: string) => {
      for (const [label, action, detector, [expression, check, hints, nots]] of steps) {
        let out = "";
        let done = 0;
        let m;
        expression.lastIndex = 0;
        while ((m = expression.exec(s))) {
          const at = m.index;
          const before = s.slice(at < 64 ? 0 : at - 64, at);
          const near = (words?: Words) => (words ? (words[0].test(split(before)) ? 2 : +words[1].test(split(key))) : 0);
          const open = s.lastIndexOf("[", at);
          let n =
            detector && /[A-Za-z\d]$/.test(before)
              ? 0
              : +(
                  (check(
                    m,
                    before,
                    () => near(hints),
                    () => near(nots),
                    s,
                  ) as number) || 0
                );
          if (!detector && steps.some(([l]) => s.startsWith(`[${l}]`, open) && at + n < open + l.length + 3)) n = -n;
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

    if (text.length > 8192) text = Array.from(text.slice(0, 16384)).slice(0, 8192).join("");
    let layer = text;
    for (
      let depth = patterns[0] || /* worth */ /[\d@\uff10-\uff20]|eyJ|-----B|asic /.test(text) ? 3 : 0;
      depth--;
      depth = /* encoded */ /%[\dA-Fa-f]{2}|&#|\\u00/.test(layer) ? depth : 0, layer = decode(layer)
    ) {
      const start = found;
      let n;
      layer = fold(layer);
      do {
        n = found;
        layer = all(layer, key).replace(/* base64 */ /eyJ[\w+\/-]{9,}(?:\.[\w+\/-]*){0,4}/g, (token) => {
          const n = found;
          return token.split(".").some((part) => all(fold(binary(part)), "") && found > n) ? `[${last}]` : token;
        });
      } while (n < found && found < start + 1e3);
      if (found > start) text = layer;
    }
    return { text: hits.some((hit) => hit[1] == "drop") ? null : text, hits };
  };
}
