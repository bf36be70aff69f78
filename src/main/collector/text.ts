// The twin of dev.weir.policy.Scrubber: docs/policy-language.md, "Scrubbing a string". Every regular expression marked with a
// name is compared, character by character, with the one of that name in Detectors.java by DetectorsTest.

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

/**
 * How many characters of a match are what is looked for; 0: none, look again one further on; negative: none, skip that many. `hint` and
 * `not`: 2, the text just before names such a thing; 1, the key does; 0, nothing does.
 */
type Check = (match: string[], before: string, hint: () => number, not: () => number, text: string) => number | undefined | boolean | string;

type Detector = [expression: RegExp, check: Check, hints?: string, nots?: string];

const near = (list: string | undefined, before: string, key: string) =>
  !list
    ? 0
    : RegExp(`(?:^|[^a-z])(?:${list})(?:[^a-z\\[\\]]{1,6}(?:${/* fill */ "number|no|num|nr|is|was|at|on|in|of|me|us|to|the|my|our|your|home|work"})){0,4}[^a-z\\[\\]]{0,6}$`).test(split(before))
      ? 2
      : +RegExp(`(?:^|[^a-z])(?:${list})(?![a-z])`).test(split(key));

const digits = (s: string) => s.replace(/\D/g, "");

/** Lower case, with a space before each capital that follows two small letters. */
const split = (s: string) => s.replace(/* camel */ /([a-z]{2})(?=[A-Z])/g, "$1 ").toLowerCase();

const binary = (s: string) => {
  try {
    return atob(s.replace(/-/g, "+").replace(/_/g, "/").replace(/=/g, ""));
  } catch {
    return "";
  }
};

const luhn = (s: string) => {
  let sum = 0;
  for (let i = 0, n; i < s.length; sum += n > 9 ? n - 9 : n) n = +s[i] << ((s.length - ++i) & 1);
  return sum % 10 < 1;
};

const iban: Check = ([match]) => {
  const country = match.slice(0, 2).toUpperCase();
  const length = RegExp("(\\d\\d)(?:[A-Z]{2})*?" + country).exec(
    /* iban-lengths */ "15NO16BE18AXDKFIFKFOGLNLSD19MKSI20ATBAEEKZLTLUMNXK21CHHRLILV22BGBHCRDEGBGEGGIEIMJEMERSVA23AEGIILIQOMSOTL24ADCZESMDPKROSASESKTNVG25AOCVGWLYMZPTST26DZIRISTR27BIBLCFCGCMDJFRGAGFGPGQGRITKMMCMFMGMQMRNCPFPMRESMTDTFWFYT28ALAZBFBJBYCICYDOGTHNHULBMAMLNENIPLSNSVTG29BREGPSQAUA30JOKWMUYE31MTSC32LC33RU",
  );
  let i = 0;
  let n = "";
  for (; length && n.length < +length[1]; i++) {
    if (i == match.length) return 0;
    n += match[i].replace(/[^A-Za-z\d]/, "");
  }
  if (/[A-Za-z\d]/.test(match[i] || "")) return 0;
  let rest = 0;
  for (const c of n.slice(4) + n.slice(0, 4)) rest = +(rest + "" + parseInt(c, 36)) % 97;
  return rest == 1 && i;
};

const isbn = (s: string) => {
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += (10 - i) * +s[i];
  return s.length == 10 && sum % 11 < 1;
};

const card: Check = ([match], before, hint, not) => {
  if (!/* joined */ /\d[.\/-]$/.test(before) && hint() >= not())
    for (let i = match.length; i > 11; i--) {
      const part = match.slice(0, i);
      const n = digits(part);
      if (
        !/\d/.test(match[i] || "") &&
        /\d$/.test(part) &&
        luhn(n) &&
        (hint() ||
          (/* card-groups */ /^\d{4,}(?:\D+\d{3,})*(?:\D+\d+)?$/.test(part) &&
            /* card-issuers */ /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|3[05689]\d{14,17}|(?:1800|2131|122\d)\d{11}|(?:5[0678]|6\d|8[12])\d{14,17}|(?:5018|5020|5038|5[678]\d\d|6304|6390|0604|67\d\d)\d{8,11})$/.test(
              n,
            )))
      )
        return i;
    }
};

const detectors: Record<string, Detector> = {
  jwt: [/* jwt */ /eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,3}/g, ([m]) => m.length],
  apikey: [
    /* apikey */ /(?:AKIA|ASIA)[A-Z\d]{16}|AIza[\w-]{35}|(?:AC|SK)[\da-f]{32}|SG\.[\w-]{16,}\.[\w-]{16,}|ya29\.[\w-]{20,}|(?:(?:gh[a-z]|github_pat|npm|hf|shp[a-z]{2}|whsec|[rsp]k_live|[rsp]k_test)_|(?:glpat|xox[a-z]|xapp|pypi|sk)-)(?=[\w-]{0,99}\d)[\w-]{16,}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\w+/=\\ -]*|[Bb]earer +(?=[\w.~+/-]{0,99}\d)[\w.~+/-]{16,}=*|[Bb]asic +([\w+/-]{8,}=*)/g,
    ([m, basic]) => !basic || /:/.test(binary(basic)) ? m.length : 0,
  ],
  email: [
    /* email */ /(?:[\w.!#$%'*+^`{|}~\xaa-\u1fff\u3040-\ud7ff-]+|"[ !#-~\xa0-\ud7ff]{1,64}"(?=@))(@(?:\[[\w:.]{3,45}\]|(?!\d+\.\d|\dx\.)(?:[\w\xaa-\u1fff\u3040-\ud7ff][\w\xaa-\u1fff\u3040-\ud7ff-]{0,99}\.){1,8}(?:xn--[\w-]{2,59}|[A-Za-z\xaa-\u1fff\u3040-\ud7ff]{2,24})))?/g,
    ([m, domain]) => (domain ? m.length : -m.length),
  ],
  iban: [/* iban */ /[A-Za-z]{2}\d\d(?:[ .+-]?[A-Za-z\d]){11,30}/g, iban],
  card: [
    /* card */ /\d(?:[ .+/-]{0,2}\d){11,21}/g,
    card,
    /* card-words */ "card|cards|cardnumber|cardno|ccnum|ccnumber|creditcard|cc|pan|visa|mastercard|amex",
    /* card-not */ "isbn|ean|upc|gtin|barcode|tracking",
  ],
  ssn: [
    /* ssn */ /(?!000|666|9)\d{3}([ .+/-]{0,3})(?!00)\d\d\1(?!0000)\d{4}(?![A-Za-z\d]|[.-]\d)/g,
    ([m, sep], before, hint) => !/\d[.\/-]$/.test(before) && (sep || hint()) && m.length,
    /* ssn-words */ "ssn|social|social security|socialsecurity|socialsecuritynumber|ssnumber",
  ],
  dob: [
    /* dob */ /(?:\d{4}[ .\/-]?\d\d?[ .\/-]?\d\d?|\d\d?[ .\/-]{1,2}\d\d?[ .\/-]{1,2}\d{2,4}|\d\d?(?:st|nd|rd|th)?[ .\/-]{1,2}(?:of )?[A-Za-z]{3,9}[ .,\/-]{1,3}\d{2,4}|[A-Z][a-z]{2,8}[ .-]{1,2}\d\d?(?:st|nd|rd|th)?[ .,-]{1,3}\d{4})(?![A-Za-z\d])/g,
    ([m], _, hint) => hint() && m.length,
    /* dob-words */ "dob|d\\.o\\.b|bday|birth|birthday|birthdate|dateofbirth|born",
  ],
  ipv6: [
    /* ipv6 */ /(?:(?:[\dA-Fa-f]{1,4}:){6}(?:[\dA-Fa-f]{1,4}:[\dA-Fa-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d))|(?:[\dA-Fa-f]{1,4}(?::[\dA-Fa-f]{1,4}){0,6})?::(?:(?:[\dA-Fa-f]{1,4}:){0,6}(?:(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)|[\dA-Fa-f]{1,4}))?)(?![\w:]|\.\d)/g,
    ([m], before) => !/:$/.test(before) && /\d/.test(m) && !/* eui */ /^(?:\w\w:){7}\w\w$/.test(m) && m.length,
  ],
  ipv4: [
    /* ipv4 */ /(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|\.\d)/g,
    ([m], before, _, not, text) =>
      !/* versioned */ /[\d.]\.$|[\w.]\/$/.test(before) && !not() && !(/ $/.test(before) && /* agent */ /^(?:Mozilla|Opera|Dalvik)\//.test(text)) && m.length,
    ,
    /* ipv4-not */ "version|ver|v|rv|build|release|firmware|sdk|revision|section",
  ],
  phone: [
    /* phone */ /(?:(\(?\+ ?\d(?:[ .\/()-]{0,3}\d){6,14}|00[1-9]\d{0,2}[ .\/()-]{1,3}\d(?:[ .\/()-]{0,3}\d){5,11}|(?:[01][ .-]?)?\((?=\d+\)(?:[ .\/-]{0,3}\d){6})\d{2,5}\)(?:[ .\/-]{0,3}\d{2,8}){1,4}|(?:\d\d?[ .-])?(?:\d{3}[.\/-]\d{3}[ .-]|[2-9]\d\d (?:[2-9]\d\d |\d{3}-))\d{4})|(0(?=(?:[ .\/-]{0,3}\d){8})(?!\d{4}-\d{4}(?!\d))[ -]?[1-9]\d{0,3}(?:[ .\/-]{1,3}\d{2,8}){1,4}|0[1-9]\d{8,9}|\d{3} \d\d \d{3}|[1-9]\d \d{3} \d\d \d\d|\d{3}[ .-]\d{3}[ .-]\d\d[ .-]\d\d|(?:\d\d-){3}\d\d|[1-9]\d \d{3,5}[ -]\d{4}|[5-9]\d\d \d{3} \d{3}|1\d\d[ -]\d{4}[ -]\d{4})|[(+]{0,2}\d(?:[ .\/()-]{0,3}\d){5,14})(?:,? ?(?:[xX#]|[eE][xX][tT]\w{0,6}\.?) ?\d{1,6})?(?![A-Za-z\d]|[.-]\d|-[\dA-Fa-f]{2}(?!\w))/g,
    ([m, sure, likely], before, hint, not) => {
      if (
        /\d[.\/-]$/.test(before) ||
        /* date */ /(?:^|\D)(?:(?:19|20)\d\d[ .\/-][01]?\d[ .\/-][0-3]?\d|[0-3]?\d[ .\/-][0-3]?\d[ .\/-](?:19|20)\d\d)(?:\D|$)|^\+\d{1,3}\.\d{1,7}$/.test(m)
      )
        return 0;
      const h = hint();
      const n = not();
      return ((sure && /[+(]/.test(m)) || h > n || (!/* money */ /[$€£¥] ?$|_$/.test(before) && (sure || (likely && !n && !isbn(m))))) && m.length;
    },
    /* phone-words */ "(?:tele|cell|mobile)?phones?(?:n(?:o|um|umber|umbers)?)?|tel|telefon|mobile|mobileno|cell|fax|msisdn|call|dial|sms|whatsapp|contact|reach|my number",
    /* phone-not */ "isbn|ean|upc|gtin|sku|order|orders|invoice|tracking|ref|reference|ticket|case|item|part|model|serial|id|version|type|os",
  ],
};

const fold = (s: string) =>
  s
    .replace(/* wide */ /[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 65248))
    .replace(/* spaces */ /[\t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g, " ")
    .replace(/* dashes */ /[\u2010-\u2015\u2212\ufe58\ufe63]/g, "-")
    .replace(/* invisible */ /[\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g, "");

const decode = (s: string) =>
  s
    .replace(/(?:%[\dA-Fa-f]{2})+/g, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run.replace(/%[0-7][\dA-Fa-f]/g, decodeURIComponent);
      }
    })
    .replace(/* reference */ /&#(?:(\d{1,3})|[xX]([\dA-Fa-f]{1,2}));|\\u00([0-7][\dA-Fa-f])/g, (_, dec, hex, js) =>
      String.fromCharCode(dec ? +dec : parseInt(hex || js, 16)),
    );

export function scrubber(rules: TextRule[]): (text: string, key?: string) => Scrubbed {
  const patterns = rules.filter((rule) => rule.pattern);
  const labels = rules.map((rule) => rule.label || rule.detector!);
  const order = [...Object.keys(detectors).flatMap((name) => rules.find((rule) => rule.detector == name) || []), ...patterns];

  return (text, key = "") => {
    const hits: [string, string][] = [];
    let found = 0;
    let last: string;

    /** Replaces what one rule finds. */
    const apply = (s: string, key: string, { detector, pattern, label = detector!, action }: TextRule) => {
      const [expression, check, hints, nots]: Detector = detector ? detectors[detector] : [RegExp(pattern!, "gi"), ([m]) => m.length];
      let out = "";
      let done = 0;
      expression.lastIndex = 0;
      for (let m; (m = expression.exec(s)); ) {
        const at = m.index;
        const before = s.slice(at < 64 ? 0 : at - 64, at);
        const open = s.lastIndexOf("[", at);
        let n = +(
          (pattern || !/[A-Za-z\d]$/.test(before)) &&
            check(
              m,
              before,
              () => near(hints, before, key),
              () => near(nots, before, key),
              s,
            )! || 0
        );
        if (pattern && labels.some((l) => s.startsWith(`[${l}]`, open) && at + n < open + l.length + 3)) n = -n;
        if (n > 0) {
          out += s.slice(done, at) + `[${label}]`;
          done = at + n;
          found++;
          last = label;
          if (!hits.some((hit) => hit[0] == label)) hits.push([label, action]);
        }
        expression.lastIndex = at + (Math.abs(n) || 1);
      }
      return out + s.slice(done);
    };

    const all = (s: string, key: string) => order.reduce((s, rule) => apply(s, key, rule), s);

    if (text.length > 8192) text = Array.from(text.slice(0, 16384)).slice(0, 8192).join("");
    if (patterns[0] || /* worth */ /[\d@\uff10-\uff20]|eyJ|-----B|asic /.test(text)) {
      let layer = text;
      for (let depth = 3; depth--; layer = decode(layer)) {
        const start = found;
        let n;
        layer = fold(layer);
        do {
          n = found;
          layer = all(layer, key).replace(/* base64 */ /eyJ[\w+\/-]{9,}(?:\.[\w+\/-]*){0,4}/g, (token) => {
            const n = found;
            token.split(".").some((part) => all(fold(binary(part)), "") && found > n);
            return found > n ? `[${last}]` : token;
          });
        } while (n < found && found < start + 1e3);
        if (found > start) text = layer;
        if (!/* encoded */ /%[\dA-Fa-f]{2}|&#|\\u00/.test(layer)) break;
      }
    }
    return { text: hits.some((hit) => hit[1] == "drop") ? null : text, hits };
  };
}
