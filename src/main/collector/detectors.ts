// What is looked for in texts, in this order; the twin of dev.weir.policy.Detectors. Each expression and list after a comment that names
// it stands in Expressions.java too, letter for letter; DetectorsTest compares them.
import { binary } from './base64';

/**
 * How many characters of a match are what is looked for; nothing: none, look again one character further on; negative: none, and that
 * many need not be looked at again. `before` is what stands before it, `key` the name under which the text came.
 */
export type Finder = [expression: RegExp, check: (match: string[], before: string, key: string, text: string) => unknown];


/** Whether one of some words is near a candidate: 2, just before it; 1, in the key; 0, it isn't. */
type Near = () => number;

type Check = (match: string[], before: string, hint: Near, not: Near, text: string) => unknown;

/** Lower case, with a space before each capital that follows two small letters. */
const split = (s: string) => s.replace(/* camel */ /([a-z]{2})(?=[A-Z])/g, "$1 ").toLowerCase();

const near = (list: string): ((before: string, key: string) => Near) => {
  const justBefore = RegExp(
    `(?:^|[^a-z])(?:${list})(?:[^a-z\\[\\]]{1,6}(?:${/* fill */ "number|no|num|nr|is|was|at|on|in|of|me|us|to|the|my|our|your|home|work"})){0,4}[^a-z\\[\\]]{0,6}$`,
  );
  const inKey = RegExp(`(?:^|[^a-z])(?:${list})(?![a-z])`);
  return (before, key) => () => (justBefore.test(split(before)) ? 2 : +inKey.test(split(key)));
};

const joined = (before: string) => /* joined */ /\d[.\/-]$/.test(before);

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

const nothing = () => () => 0;

/** None begins in the middle of a word or a number. */
const finder = (expression: RegExp, check: Check, hints?: string, nots?: string): Finder => {
  const hint = hints ? near(hints) : nothing;
  const not = nots ? near(nots) : nothing;
  return [expression, (match, before, key, text) => !/[A-Za-z\d]$/.test(before) && check(match, before, hint(before, key), not(before, key), text)];
};

export const detectors: Record<string, Finder> = {
  jwt: finder(/* jwt */ /eyJ[\w-]*(\.[\w-]{8,}(?:\.[\w-]*){0,3})?/g, run),
  apikey: finder(
    /* apikey */ /(?:AKIA|ASIA)[A-Z\d]{16}|AIza[\w-]{35}|(?:AC|SK)[\da-f]{32}|SG\.[\w-]{16,}\.[\w-]{16,}|ya29\.[\w-]{20,}|(?:(?:gh[a-z]|github_pat|npm|hf|shp[a-z]{2}|whsec|[rsp]k_live|[rsp]k_test)_|(?:glpat|xox[a-z]|xapp|pypi|sk)-)(?=[\w-]{0,99}\d)[\w-]{16,}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\w+\/=\\ -]*|(?:[Bb]earer|BEARER) +(?=[\w.~+\/-]{0,99}\d)[\w.~+\/-]{16,}=*|(?:[Bb]asic|BASIC) +([\w+\/-]{8,}=*)/g,
    ([m, basic]) => (!basic || /:/.test(binary(basic))) && m.length,
  ),
  email: finder(
    /* email */ /(?:[\w.!#$%'*+^`{|}~\xaa-\u1fff\u3040-\ud7ff-]+|"[ !#-~\xa0-\ud7ff]{1,64}"(?=@))(@(?:\[[\w:.]{3,45}\]|(?!\d+\.\d|\dx\.)(?:[\w\xaa-\u1fff\u3040-\ud7ff][\w\xaa-\u1fff\u3040-\ud7ff-]{0,99}\.){1,8}(?:xn--[\w-]{2,59}|[A-Za-z\xaa-\u1fff\u3040-\ud7ff]{2,24})))?/g,
    run,
  ),
  iban: finder(/* iban */ /[A-Za-z]{2}\d\d(?:[ .+\/_-]?[A-Za-z\d]){11,30}/g, iban),
  card: finder(
    /* card */ /\d(?:[ .+\/|_-]{0,2}\d){11,21}/g,
    card,
    /* card-words */ "cards?|card(?:no|number)|ccnum(?:ber)?|creditcard|cc|pan|visa|mastercard|amex",
    /* card-not */ "isbn|ean|upc|gtin|barcode|tracking",
  ),
  ssn: finder(
    /* ssn */ /(?!000|666|9)\d{3}([ .+\/|_-]{0,3})(?!00)\d\d\1(?!0000)\d{4}(?![A-Za-z\d]|[.-]\d)/g,
    ([m, separator], before, hint) => !joined(before) && (separator || hint()) && m.length,
    /* ssn-words */ "ssn|social|social ?security(?:number)?",
  ),
  dob: finder(
    /* dob */ /(?:(?:\d{1,4}(?:st|nd|rd|th)?[ .,\/-]{1,2}(?:of )?[A-Za-z\d]{1,9}|[A-Za-z]{3,9}[ .-]{1,2}\d\d?(?:st|nd|rd|th)?)[ .,\/-]{1,3}\d{1,4}|\d{8})(?![A-Za-z\d])/g,
    ([m], _, hint) => hint() && m.length,
    /* dob-words */ "dob|d\\.o\\.b|bday|birth(?:day|date)?|dateofbirth|born",
  ),
  ipv6: finder(
    /* ipv6 */ /(?:(?:[\dA-Fa-f]{1,4}:){6}(?:[\dA-Fa-f]{1,4}:[\dA-Fa-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d))|(?:[\dA-Fa-f]{1,4}(?::[\dA-Fa-f]{1,4}){0,6})?::(?:(?:[\dA-Fa-f]{1,4}:){0,6}(?:(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)|[\dA-Fa-f]{1,4}))?)(?!\w|\.\d)/g,
    ([m]) => /\d/.test(m) && !/* eui */ /^(?:\w\w:){7}\w\w$/.test(m) && m.length,
  ),
  ipv4: finder(
    /* ipv4 */ /(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|\.\d)/g,
    ([m], before, _, not, text) =>
      !/* versioned */ /[\d.]\.$|[\w.]\/$/.test(before) &&
      !(/ $/.test(before) && /* agent */ /^(?:Mozilla|Opera|Dalvik)\//.test(text)) &&
      !not() &&
      m.length,
    undefined,
    /* ipv4-not */ "version|ver|v|rv|build|release|firmware|sdk|revision|section",
  ),
  phone: finder(
    /* phone */ /(?:(\(?\+ ?\d(?:[ .\/()-]{0,3}\d){6,14}|00[1-9]\d{0,2}[ .\/()-]{1,3}\d(?:[ .\/()-]{0,3}\d){5,11}|(?:[01][ .-]?)?\((?=\d+\)(?:[ .\/-]{0,3}\d){6})\d{2,5}\)(?:[ .\/-]{0,3}\d{2,8}){1,4}|(?:\d\d?[ .-])?(?:\d{3}[.\/-]\d{3}[ .-]|[2-9]\d\d (?:[2-9]\d\d |\d{3}-))\d{4})|(0(?=(?:[ .\/-]{0,3}\d){8})(?!\d{4}-\d{4}(?!\d))[ -]?[1-9]\d{0,3}(?:[ .\/-]{1,3}\d{2,8}){1,4}|0[1-9]\d{9}|\d{3} \d\d \d{3}|[1-9]\d \d{3} \d\d \d\d|\d{3}[ .-]\d{3}[ .-]\d\d[ .-]\d\d|(?:\d\d-){3}\d\d|[1-9]\d \d{3,5}[ -]\d{4}|[5-9]\d\d \d{3} \d{3}|1\d\d[ -]\d{4}[ -]\d{4})|[(+]{0,2}\d(?:[ .\/()-]{0,3}\d){5,14})(?:,? ?(?:[xX#]|[eE][xX][tT]\w{0,6}\.?) ?\d{1,6})?(?![A-Za-z\d]|[.-]\d|-[\dA-Fa-f]{2}(?!\w))/g,
    ([m, sure, likely], before, hint, not) =>
      !joined(before) &&
      !/* date */ /(?:^|\D)(?:(?:19|20)\d\d[ .\/-][01]?\d[ .\/-][0-3]?\d|[0-3]?\d[ .\/-][0-3]?\d[ .\/-](?:19|20)\d\d)(?:\D|$)|^\+\d{1,3}\.\d{1,7}$/.test(m) &&
      ((sure && /[+(]/.test(m)) || hint() > not() || (!/* money */ /[$€£¥] ?$|_$/.test(before) && (sure || (likely && !not())))) &&
      m.length,
    /* phone-words */ "(?:tele|cell|mobile)?phones?(?:no|num|numbers?)?|tel|telefon|mobile(?:no)?|cell|fax|msisdn|call|dial|sms|whatsapp|contact|reach|my number",
    /* phone-not */ "isbn|ean|upc|gtin|sku|orders?|invoice|tracking|ref|reference|ticket|case|item|part|model|serial|id|version|type|os",
  ),
};

