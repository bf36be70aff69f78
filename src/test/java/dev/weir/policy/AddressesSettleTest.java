package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What a policy has left of an address it leaves as it is: rules can be applied to what is stored, and again. */
class AddressesSettleTest {

    private static final long SEED = 20261128;
    private static final int ADDRESSES = 12_000;

    @Test
    void what_is_left_of_an_address_is_left_as_it_is() {
        System.out.println("addresses: seed " + SEED);
        var odd = new OddAddresses(SEED);
        var wrong = new ArrayList<String>();
        int left = 0;
        for (var document : OddAddresses.POLICIES) {
            var policy = CompiledPolicy.of(document, Contract.KEY);
            for (var address : odd.some(ADDRESSES)) {
                var once = policy.address(address).url();
                if (once != null) {
                    left++;
                    var twice = policy.address(once).url();
                    if (!once.equals(twice)) {
                        wrong.add(shown(address) + " left " + shown(once) + " then " + shown(String.valueOf(twice)));
                    }
                }
            }
        }

        assertThat(wrong.stream().limit(10)).isEmpty();
        assertThat(left).isGreaterThan(2 * ADDRESSES);
    }

    /** So that nobody has to guess which blank it is. */
    private static String shown(String text) {
        var out = new StringBuilder();
        text.chars().forEach(c -> out.append(c > ' ' && c < 0x7f ? "" + (char) c : String.format("<%x>", c)));
        return out.toString();
    }
}
