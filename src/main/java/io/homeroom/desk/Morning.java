package io.homeroom.desk;

import java.time.LocalDate;
import java.util.Optional;

/** What a room has to say in the secretariat's morning, beside what it told in the night. Beans of any room. */
public interface Morning {

    /** Smaller stands further up. */
    int order();

    /** One line without amounts of money, or nothing if there is nothing to say. */
    Optional<String> line(LocalDate day);
}
