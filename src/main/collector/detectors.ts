// What is looked for in texts, in this order; the twin of dev.weir.policy.Detectors. Each expression and list after a comment that names
// it stands in Expressions.java too, letter for letter; DetectorsTest compares them. Words and countries stand in the order that packs best:
// it means nothing.
import { binary } from './base64';

/** Whether words are near a candidate: 2, just before it; 1, in the key under which the text came; 0, they aren't. */
type Near = any;

/**
 * What of a match is looked for, as long as it is; nothing: none of it, look again one character further on; a negative number: none, and
 * that many need not be looked at again. `before` is what stands before it, `text` all of it.
 */
type Check = (match: string[], before: string, hint: Near, not: Near, text: string) => string | number | boolean | undefined;

/** Its name, its candidates, which of them it takes, words that speak for it, words that speak against it. */
type Detector = [name: string, expression: RegExp, check: Check, hints?: string, nots?: string];

/** Looks for some words, each with no letter before, in a text where a space stands before each capital that follows two small letters. */
const seen = (words: string, text: string, behind: string) =>
  RegExp(`(^|[^a-z])(${words})` + behind).test(text.replace(/* camel */ /([a-z]{2})(?=[A-Z])/g, '$1 ').toLowerCase());

export const near = (words: string | undefined, before: string, key: string): Near =>
  words && (+seen(words, before, `([^a-z[\\]]{1,6}(${/* fill */ "at|work|us|no|number|me|is|your|my|our|on|to|num|home|in|the|was|nr|of"})){0,4}[^a-z[\\]]{0,6}$`) * 2 || +seen(words, key, '(?![a-z])'));

const joined = (before: string) => /* joined */ /\d[.\/-]$/.test(before);

/** A run of characters counts only with what follows it, and is looked at once. */
const run: Check = ([m, rest]) => (rest ? m : -m.length);

const iban: Check = ([m]) => {
  m = m.toLowerCase();
  const length = RegExp('(\\d\\d)([a-z]{2})*?' + m.slice(0, 2)).exec(
    /* iban-lengths */ "18axfodkfisdfknlgl19simk16be22meiegbggbggecrvarsimbhjede15no26isdztrir25gwptmzlyaocvst31mtsc32lc33ru30mukwjoye27tdpmcgitkmgqmqgpfrgabimgpfrewfcfmfsmmrtfncmcgfdjblcmytgr21lvlichhr20atxkkzltbalueemn28azmalbmlcialbytgplsngthndocyhubfnibjnesv24adropksetnesvgskczmdsa29uaqaegbrps23tlilomsoiqaegi",
  )?.[1];
  m = RegExp(`^([^a-z\\d]?[a-z\\d]){${length}}(?![a-z\\d])`).exec(m)?.[0] || '';
  const turned = m.replace(/[^a-z\d]/g, '').replace(/(....)(.*)/, '$2$1');
  return BigInt(turned.replace(/\D/g, (c) => '' + parseInt(c, 36))) % 97n == 1n && m;
};

const card: Check = ([m], before, hint, not) => {
  // The longest that is one: the last group of digits goes, and the one before it, …
  for (; m[11] && !joined(before) && hint >= not; m = m.replace(/\D*\d+$/, '')) {
    const n = m.replace(/\D/g, '');
    let sum = 0;
    let other = 0;
    for (const d of n) [sum, other] = [other + +d, sum + +'0246813579'[+d]];
    if (
      sum % 10 < 1 &&
      (hint ||
        (/* card-groups */ /^\d{4,}(?:\D+\d{3,})*(?:\D+\d+)?$/.test(m) &&
          /* card-issuers */ /^(?:4(?:\d{3}){4,6}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3[0689]\d{12}|3[05689]\d{14,17}|(?:1800|2131|122\d)\d{11}|(?:6\d|8[12])\d{14,17}|(?:5[0678]|6[37])\d{10,17}|0604\d{8,11})$/.test(
            n,
          )))
    )
      return m;
  }
  return;
};

/** In the order in which they look. None begins in the middle of a word or a number. */
export const detectors: Detector[] = [
  ['jwt', /* jwt */ /eyJ[\w-]*(\.[\w-]{8,}(?:\.[\w-]*){0,3})?/g, run],
  [
    'apikey',
    /* apikey */ /(?:A[KS]IA|AIza|SG\.|ya29\.)[\w-]{16,}[\w.-]*|(?:AC|SK)[\da-f]{32}|(?:(?:hf|[rsp]k_test|npm|[rsp]k_live|github_pat|whsec|gh[a-z]|shp[a-z]{2})_|(?:glpat|xapp|pypi|xox[a-z]|sk)-)(?=[\w-]{0,99}\d)[\w-]{16,}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\w+\/=\\ -]*|(?:[Bb]earer|BEARER) +(?=[\w.~+\/-]{0,99}\d)[\w.~+\/-]{16,}=*|(?:[Bb]asic|BASIC) +([\w+\/-]{8,}=*)/g,
    ([m, basic]) => (!basic || /:/.test(binary(basic))) && m,
  ],
  [
    'email',
    /* email */ /(?:[\w.!#$%'*+^`{|}~\xaa-\u1fff\u3040-\ud7ff-]+|"[ !#-~\xa0-\ud7ff]{1,64}"(?=@))(@(?:\[[\w:.]{3,45}\]|(?!\d+\.\d|\dx\.)(?:[\w\xaa-\u1fff\u3040-\ud7ff][\w\xaa-\u1fff\u3040-\ud7ff-]{0,99}\.){1,8}(?:xn--[\w-]{2,59}|[A-Za-z\xaa-\u1fff\u3040-\ud7ff]{2,24})))?/g,
    run,
  ],
  ['iban', /* iban */ /[A-Za-z]{2}\d\d(?:[ .+\/_-]?[A-Za-z\d]){11,30}/g, iban],
  [
    'card',
    /* card */ /\d(?:[ .+\/|_-]{0,2}\d){11,21}/g,
    card,
    /* card-words */ "mastercard|cc|visa|card(?:s|no|number)?|ccnum(?:ber)?|creditcard|pan|amex",
    /* card-not */ "barcode|isbn|ean|upc|gtin|tracking",
  ],
  [
    'ssn',
    /* ssn */ /(?!000|666|9)\d{3}([ .+\/|_-]{0,3})(?!00)\d\d\1(?!0000)\d{4}(?![A-Za-z\d]|[.-]\d)/g,
    ([m, separator], before, hint) => !joined(before) && (separator || hint) && m,
    /* ssn-words */ "ssn|social|social ?security(?:number)?",
  ],
  [
    'dob',
    /* dob */ /(?:(?:\d{1,4}(?:st|nd|rd|th)?[ .,\/-]{1,2}(?:of )?[A-Za-z\d]{1,9}|[A-Za-z]{3,9}[ .-]{1,2}\d\d?(?:st|nd|rd|th)?)[ .,\/-]{1,3}\d{1,4}|\d{8})(?![A-Za-z\d])/g,
    ([m], _, hint) => hint && m,
    /* dob-words */ "born|(?:dateof)?birth(?:day|date)?|bday|d\\.?o\\.?b",
  ],
  [
    'ipv6',
    /* ipv6 */ /(?:(?:[\dA-Fa-f]{1,4}:){6}(?:[\dA-Fa-f]{1,4}:[\dA-Fa-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d))|(?:[\dA-Fa-f]{1,4}(?::[\dA-Fa-f]{1,4}){0,6})?::(?:(?:[\dA-Fa-f]{1,4}:){0,6}(?:(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)|[\dA-Fa-f]{1,4}))?)(?!\w|\.\d)/g,
    ([m]) => /\d/.test(m) && !/* eui */ /^(?:\w\w:){7}\w\w$/.test(m) && m,
  ],
  [
    'ipv4',
    /* ipv4 */ /(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|\.\d)/g,
    ([m], before, _, not, text) =>
      !not && !/* versioned */ /[\d.]\.$|[\w.]\/$/.test(before) && !(/ $/.test(before) && /* agent */ /^(?:Mozilla|Opera|Dalvik)\//.test(text)) && m,
    '',
    /* ipv4-not */ "build|rv|v|ver|revision|sdk|firmware|release|version|section",
  ],
  [
    'phone',
    /* phone */ /(?:(\(?\+ ?\d(?:[ .\/()-]{0,3}\d){6,14}|00[1-9]\d{0,2}[ .\/()-]{1,3}\d(?:[ .\/()-]{0,3}\d){5,11}|(?:[01][ .-]?)?\((?=\d+\)(?:[ .\/-]{0,3}\d){6})\d{2,5}\)(?:[ .\/-]{0,3}\d{2,8}){1,4}|(?:\d\d?[ .-])?(?:\d{3}[.\/-]\d{3}[ .-]|[2-9]\d\d (?:[2-9]\d\d |\d{3}-))\d{4})|(0(?=(?:[ .\/-]{0,3}\d){8})(?!\d{4}-\d{4}(?!\d))[ -]?[1-9]\d{0,3}(?:[ .\/-]{1,3}\d{2,8}){1,4}|0[1-9]\d{9}|\d{3} \d\d \d{3}|[1-9]\d \d{3} \d\d \d\d|\d{3}[ .-]\d{3}[ .-]\d\d[ .-]\d\d|(?:\d\d-){3}\d\d|[1-9]\d \d{3,5}[ -]\d{4}|[5-9]\d\d \d{3} \d{3}|1\d\d[ -]\d{4}[ -]\d{4})|[(+]{0,2}\d(?:[ .\/()-]{0,3}\d){5,14})(?:,? ?(?:[xX#]|[eE][xX][tT]\w{0,6}\.?) ?\d{1,6})?(?![A-Za-z\d]|[.-]\d|-[\dA-Fa-f]{2}(?!\w))/g,
    ([m, sure, likely], before, hint, not) =>
      !joined(before) &&
      !/* date */ /(?:^|\D)(?:(?:19|20)\d\d[ .\/-][01]?\d[ .\/-][0-3]?\d|[0-3]?\d[ .\/-][0-3]?\d[ .\/-](?:19|20)\d\d)(?:\D|$)|^\+\d{1,3}\.\d{1,7}$/.test(m) &&
      ((sure && /[+(]/.test(m)) || hint > not || (!/* money */ /[$€£¥] ?$|_$/.test(before) && (sure || (likely && !not)))) &&
      m,
    /* phone-words */ "dial|telefon|sms|tel|reach|cell|my number|msisdn|(?:tele|cell|mobile)?phones?(?:no|num|numbers?)?|call|mobile(?:no)?|contact|whatsapp|fax",
    /* phone-not */ "ticket|os|model|ref|reference|invoice|id|part|orders?|case|version|serial|type|item|sku|isbn|ean|upc|gtin|tracking",
  ],
];
