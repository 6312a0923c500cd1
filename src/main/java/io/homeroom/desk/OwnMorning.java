package io.homeroom.desk;

import java.time.LocalDate;
import java.util.List;

/** What a room has to say to one colleague in the morning, beside the tasks that wait for it. Beans of any room. */
public interface OwnMorning {

    /** Smaller stands further up. */
    int order();

    /** What waits for this person or one of its offices; empty if nothing does. */
    List<Line> lines(LocalDate day, StaffMember who);

    /**
     * One line.
     *
     * @param text without amounts of money
     * @param path the page it leads to, below the association's console: {@code desk?show=cases}
     */
    record Line(String text, String path) {}
}
