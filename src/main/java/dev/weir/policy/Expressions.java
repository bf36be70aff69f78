package dev.weir.policy;

import java.util.regex.Pattern;

/**
 * What the detectors look for, as expressions. The browser's sources hold each under the same name, letter for letter, which a test
 * compares: so only what Java and JavaScript read alike may stand here, and every repeat over more than one character is bounded. The
 * browser runs them; here most are read by hand ({@link Detectors}), and a test holds that to what they find.
 */
final class Expressions {

    private Expressions() {}

    static final String FILL = "at|work|us|no|number|me|is|your|my|our|on|to|num|home|in|the|was|nr|of";

    static final Pattern CAMEL = Pattern.compile("([a-z]{2})(?=[A-Z])");

    static final Pattern JOINED = Pattern.compile("\\d[.\\/-]$");

    static final String IBAN_LENGTHS =
            "18axfodkfisdfknlgl19simk16be22meiegbggbggecrvarsimbhjede15no26isdztrir25gwptmzlyaocvst31mtsc32lc33ru"
                    + "30mukwjoye27tdpmcgitkmgqmqgpfrgabimgpfrewfcfmfsmmrtfncmcgfdjblcmytgr21lvlichhr20atxkkzltbalueemn28az"
                    + "malbmlcialbytgplsngthndocyhubfnibjnesv24adropksetnesvgskczmdsa29uaqaegbrps23tlilomsoiqaegi";

    static final Pattern CARD_GROUPS = Pattern.compile("^\\d{4,}(?:\\D+\\d{3,})*(?:\\D+\\d+)?$");

    static final Pattern CARD_ISSUERS = Pattern.compile(
            "^(?:4(?:\\d{3}){4,6}|(?:5[1-5]|2[2-7])\\d{14}|3[47]\\d{13}|3[0689]\\d{12}|3[05689]\\d{14,17}|(?:1800"
                    + "|2131|122\\d)\\d{11}|(?:6\\d|8[12])\\d{14,17}|(?:5[0678]|6[37])\\d{10,17}|0604\\d{8,11})$");

    static final Pattern JWT = Pattern.compile("eyJ[\\w-]*(\\.[\\w-]{8,}(?:\\.[\\w-]*){0,3})?");

    static final Pattern APIKEY = Pattern.compile(
            "(?:A[KS]IA|AIza|SG\\.|ya29\\.)[\\w-]{16,}[\\w.-]*|(?:AC|SK)[\\da-f]{32}|(?:(?:hf|[rsp]k_test|npm|[rs"
                    + "p]k_live|github_pat|whsec|gh[a-z]|shp[a-z]{2})_|(?:glpat|xapp|pypi|xox[a-z]|sk)-)(?=[\\w-]{0,99}\\d)"
                    + "[\\w-]{16,}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\\w+\\/=\\\\ -]*|(?:[Bb]earer|BEARER) +(?=[\\w.~"
                    + "+\\/-]{0,99}\\d)[\\w.~+\\/-]{16,}=*|(?:[Bb]asic|BASIC) +([\\w+\\/-]{8,}=*)");

    static final Pattern EMAIL = Pattern.compile(
            "(?:[\\w.!#$%'*+^`{|}~\\xaa-\\u1fff\\u3040-\\ud7ff-]+|\"[ !#-~\\xa0-\\ud7ff]{1,64}\"(?=@))(@(?:\\[[\\w:.]{3,"
                    + "45}\\]|(?!\\d+\\.\\d|\\dx\\.)(?:[\\w\\xaa-\\u1fff\\u3040-\\ud7ff][\\w\\xaa-\\u1fff\\u3040-\\ud7ff-]{0,99}\\.){1,8"
                    + "}(?:xn--[\\w-]{2,59}|[A-Za-z\\xaa-\\u1fff\\u3040-\\ud7ff]{2,24})))?");

    static final Pattern IBAN = Pattern.compile("[A-Za-z]{2}\\d\\d(?:[ .+\\/_-]?[A-Za-z\\d]){11,30}");

    static final Pattern CARD = Pattern.compile("\\d(?:[ .+\\/|_-]{0,2}\\d){11,21}");

    static final String CARD_WORDS = "mastercard|cc|visa|card(?:s|no|number)?|ccnum(?:ber)?|creditcard|pan|amex";

    static final String CARD_NOT = "barcode|isbn|ean|upc|gtin|tracking";

    static final Pattern SSN = Pattern.compile(
            "(?!000|666|9)\\d{3}([ .+\\/|_-]{0,3})(?!00)\\d\\d\\1(?!0000)\\d{4}(?![A-Za-z\\d]" + "|[.-]\\d)");

    static final String SSN_WORDS = "ssn|social|social ?security(?:number)?";

    static final Pattern DOB = Pattern.compile("(?:(?:\\d{1,4}(?:st|nd|rd|th)?[ .,\\/-]{1,2}(?:of )?[A-Za-z\\d]{1,9}"
            + "|[A-Za-z]{3,9}[ .-]{1,2}\\d\\d?(?:st|nd|rd|th)?)[ .,\\/-]{1,3}\\d{1,4}"
            + "|\\d{8})(?![A-Za-z\\d])");

    static final String DOB_WORDS = "born|(?:dateof)?birth(?:day|date)?|bday|d\\.?o\\.?b";

    static final Pattern IPV6 =
            Pattern.compile("(?:(?:[\\dA-Fa-f]{1,4}:){6}(?:[\\dA-Fa-f]{1,4}:[\\dA-Fa-f]{1,4}|(?:(?:25[0-5]"
                    + "|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d))|(?:[\\dA-Fa-f]{1,4}(?::[\\dA-Fa-f]{1,4}){0,6"
                    + "})?::(?:(?:[\\dA-Fa-f]{1,4}:){0,6}(?:(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]"
                    + "|2[0-4]\\d|1?\\d?\\d)|[\\dA-Fa-f]{1,4}))?)(?!\\w|\\.\\d)");

    static final Pattern EUI = Pattern.compile("^(?:\\w\\w:){7}\\w\\w$");

    static final Pattern IPV4 = Pattern.compile(
            "(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?!\\w" + "|\\.\\d)");

    static final Pattern VERSIONED = Pattern.compile("[\\d.]\\.$|[\\w.]\\/$");

    static final Pattern AGENT = Pattern.compile("^(?:Mozilla|Opera|Dalvik)\\/");

    static final String IPV4_NOT = "build|rv|v|ver|revision|sdk|firmware|release|version|section";

    static final Pattern PHONE = Pattern.compile(
            "(?:(\\(?\\+ ?\\d(?:[ .\\/()-]{0,3}\\d){6,14}|00[1-9]\\d{0,2}[ .\\/()-]{1,3}\\d(?:[ .\\/()-]{0,3}\\d){5,11}"
                    + "|(?:[01][ .-]?)?\\((?=\\d+\\)(?:[ .\\/-]{0,3}\\d){6})\\d{2,5}\\)(?:[ .\\/-]{0,3}\\d{2,8}){1,4}"
                    + "|(?:\\d\\d?[ .-])?(?:\\d{3}[.\\/-]\\d{3}[ .-]|[2-9]\\d\\d (?:[2-9]\\d\\d "
                    + "|\\d{3}-))\\d{4})|(0(?=(?:[ .\\/-]{0,3}\\d){8})(?!\\d{4}-\\d{4}(?!\\d))[ -]?[1-9]\\d{0,3}(?:[ .\\/-]{1,3}"
                    + "\\d{2,8}){1,4}|0[1-9]\\d{9}|\\d{3} \\d\\d \\d{3}|[1-9]\\d \\d{3} \\d\\d \\d\\d"
                    + "|\\d{3}[ .-]\\d{3}[ .-]\\d\\d[ .-]\\d\\d|(?:\\d\\d-){3}\\d\\d|[1-9]\\d \\d{3,5}[ -]\\d{4}"
                    + "|[5-9]\\d\\d \\d{3} \\d{3}|1\\d\\d[ -]\\d{4}[ -]\\d{4})|[(+]{0,2}\\d(?:[ .\\/()-]{0,3}\\d){5,14})(?:,? ?(?:"
                    + "[xX#]|[eE][xX][tT]\\w{0,6}\\.?) ?\\d{1,6})?(?![A-Za-z\\d]|[.-]\\d|-[\\dA-Fa-f]{2}(?!\\w))");

    static final Pattern DATE = Pattern.compile(
            "(?:^|\\D)(?:(?:19|20)\\d\\d[ .\\/-][01]?\\d[ .\\/-][0-3]?\\d|[0-3]?\\d[ .\\/-][0-3]?\\d[ .\\/-](?:19"
                    + "|20)\\d\\d)(?:\\D|$)|^\\+\\d{1,3}\\.\\d{1,7}$");

    static final Pattern MONEY = Pattern.compile("[$€£¥] ?$|_$");

    static final String PHONE_WORDS =
            "dial|telefon|sms|tel|reach|cell|my number|msisdn|(?:tele|cell|mobile)?phones?(?:no|num|numbers?)?|ca"
                    + "ll|mobile(?:no)?|contact|whatsapp|fax";

    static final String PHONE_NOT =
            "ticket|os|model|ref|reference|invoice|id|part|orders?|case|version|serial|type|item|sku|isbn|ean|upc"
                    + "|gtin|tracking";

    static final Pattern DASHES = Pattern.compile("[\\u2010-\\u2015\\u2212]");

    static final Pattern WIDE = Pattern.compile("[\\uff01-\\uff5e]");

    static final Pattern REFERENCE = Pattern.compile(
            "&#(?:0*(\\d{1,3})|[xX]0*([\\dA-Fa-f]{1,2}));|[\\\\%](?:u00|x)([0-7][\\dA-Fa-f])|\\\\[nrt]");

    static final Pattern WORTH = Pattern.compile("[\\d@=\"\\uff02\\uff10-\\uff20]|eyJ|-----B|[aA][sS][iI][cC]");

    static final Pattern PAIR = Pattern.compile("([\\w.-]{1,64})(?:=|\" ?: ?\")[^ &;#\"'<>]+");

    static final Pattern SECRET_TYPE = Pattern.compile("password|hidden", Pattern.CASE_INSENSITIVE);

    static final Pattern SECRET_FIELD = Pattern.compile("(^|\\W)cc-|one-time-code|-password", Pattern.CASE_INSENSITIVE);

    static final Pattern IDENTIFIER = Pattern.compile(
            "^\\d+(\\.[a-z]{1,5})?(?![\\s\\S])|(^|[^a-z\\d])(\\d{5,}|[\\da-f]{12,}|[a-z\\d]{24,}|(?=([a-z]*\\d){2})(?=(\\d*[a-z]){2})[a-z\\d]{8,})(?![a-z\\d])",
            Pattern.CASE_INSENSITIVE);

    static final Pattern BASE64 = Pattern.compile("eyJ[\\w+\\/-]{9,}(?:\\.[\\w+\\/-]*){0,4}");
}
