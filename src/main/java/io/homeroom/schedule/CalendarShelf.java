package io.homeroom.schedule;

import io.homeroom.ground.WorkCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calendar as its file says: a change of the file is seen within half a minute, on every node by itself. A file that
 * cannot be read leaves the calendar as it was.
 */
final class CalendarShelf implements Supplier<WorkCalendar> {

    private static final Logger LOG = LoggerFactory.getLogger(CalendarShelf.class);

    private static final long LOOK_EVERY_MILLIS = 30_000;
    private static final FileTime NO_FILE = FileTime.fromMillis(0);

    private final Path file;
    private final Clock wireClock;
    private volatile WorkCalendar calendar;
    private volatile FileTime seen;
    private volatile long lookAgain;

    CalendarShelf(Path file, Clock wireClock) {
        this.file = file;
        this.wireClock = wireClock;
        this.seen = changed();
        this.calendar = CalendarFile.load(file);
        this.lookAgain = wireClock.millis() + LOOK_EVERY_MILLIS;
    }

    @Override
    public WorkCalendar get() {
        long now = wireClock.millis();
        if (now >= lookAgain) {
            lookAgain = now + LOOK_EVERY_MILLIS;
            FileTime changed = changed();
            if (!changed.equals(seen)) {
                seen = changed;
                try {
                    calendar = CalendarFile.load(file);
                } catch (RuntimeException e) {
                    LOG.warn("{} cannot be read; the calendar read before stays in force: {}", file, e.getMessage());
                }
            }
        }
        return calendar;
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return NO_FILE;
        }
    }
}
