package io.homeroom.desk;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Lets staff in, and makes guessing slow: a failed attempt costs a token of the pair of name and address and one of the
 * address; without tokens nobody is asked for a password any more. Each node counts for itself, which multiplies the
 * allowance by the number of nodes and no more. Somebody else's guesses do not lock the owner of a name out, for the
 * owner comes from another address.
 */
@Component
public class Doorkeeper {

    /** How an attempt to sign in ended. */
    public enum Verdict {
        RIGHT,
        WRONG,
        /** Too many failures; nothing was checked. */
        LATER
    }

    private static final int REMEMBERED = 20_000;
    private static final Bandwidth FOR_A_NAME = Bandwidth.builder()
            .capacity(8)
            .refillGreedy(8, Duration.ofMinutes(10))
            .build();
    private static final Bandwidth FOR_AN_ADDRESS = Bandwidth.builder()
            .capacity(60)
            .refillGreedy(60, Duration.ofMinutes(10))
            .build();

    private final Staff staff;
    private final Map<String, Bucket> buckets = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    });

    Doorkeeper(Staff staff) {
        this.staff = staff;
    }

    /** The account of the association at work with this name and password, if the address may still try. */
    public Verdict enter(String username, String password, String address) {
        return ask(username, address, () -> staff.verify(username, password).isPresent());
    }

    /** Whether these are the credentials of an administrator of the association at work; counts nothing by itself. */
    public boolean isAdministrator(String username, String password) {
        return staff.verify(username, password)
                .filter(found -> found.roles().contains(Role.ADMIN))
                .isPresent();
    }

    /** The same for a check of the caller's own, such as one in several associations at once. */
    public Verdict ask(String username, String address, Supplier<Boolean> check) {
        Bucket name = bucket("name " + username + " " + address, FOR_A_NAME);
        Bucket from = bucket("address " + address, FOR_AN_ADDRESS);
        if (List.of(name, from).stream().anyMatch(bucket -> bucket.getAvailableTokens() == 0)) {
            return Verdict.LATER;
        }
        if (Optional.ofNullable(check.get()).orElse(false)) {
            return Verdict.RIGHT;
        }
        name.tryConsume(1);
        from.tryConsume(1);
        return Verdict.WRONG;
    }

    private Bucket bucket(String key, Bandwidth limit) {
        return buckets.computeIfAbsent(
                key, any -> Bucket.builder().addLimit(limit).build());
    }
}
