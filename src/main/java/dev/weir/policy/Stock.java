package dev.weir.policy;

/** What a text holds, counted once, so that a detector that can't find anything in it needn't look. */
record Stock(int length, int digits, int dots, int colons, boolean at, boolean token, boolean b) {

    static Stock of(String text, String key) {
        int digits = 0;
        int dots = 0;
        int colons = 0;
        boolean at = false;
        boolean b = key.indexOf('b') >= 0 || key.indexOf('B') >= 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Detectors.digit(c)) {
                digits++;
            } else if (c == '.') {
                dots++;
            } else if (c == ':') {
                colons++;
            } else if (c == '@') {
                at = true;
            } else if (c == 'b' || c == 'B') {
                b = true;
            }
        }
        return new Stock(text.length(), digits, dots, colons, at, text.contains("eyJ"), b);
    }

    /** Never false where the detector would find something. */
    boolean mayHold(String detector) {
        return switch (detector) {
            case "jwt" -> token;
            case "apikey" -> length >= 14;
            case "email" -> at;
            case "iban" -> length >= 15 && digits >= 2;
            case "card" -> digits >= 12;
            case "ssn" -> digits >= 9;
            case "dob" -> b && digits >= 2;
            case "ipv6" -> colons >= 2 && digits >= 1;
            case "ipv4" -> dots >= 3 && digits >= 4;
            default -> digits >= 6;
        };
    }
}
