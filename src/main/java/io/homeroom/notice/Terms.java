package io.homeroom.notice;

import java.time.Duration;
import java.util.Optional;

/**
 * On what terms a channel takes a letter.
 *
 * @param remembered as {@link Courier#remembers}
 * @param byWords as {@link Courier#knowsByWords}
 */
record Terms(Duration remembered, Optional<Pace> pace, Optional<Quota> quota, boolean byWords) {

    static Terms of(Courier courier, Letter letter) {
        return new Terms(
                courier.remembers(letter),
                courier.pace(letter.channel()),
                courier.quota(letter),
                courier.knowsByWords(letter));
    }
}
